"""QR pictures for the terminal."""

from __future__ import annotations

import io

import qrcode


def text(content: str) -> str:
    """The QR picture in half blocks, readable on a dark or light terminal."""
    code = qrcode.QRCode(border=2)
    code.add_data(content)
    out = io.StringIO()
    code.print_ascii(out=out, invert=True)
    return out.getvalue()
