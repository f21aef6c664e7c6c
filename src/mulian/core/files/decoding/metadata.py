"""Does a picture carry anything besides its pixels? Known structure is allowed, everything else is not.

A camera writes the place, the time and its serial number (G3); an attacker appends a script. Both are found
by the same rule: walk the container and accept only the pieces a picture needs.
"""

from __future__ import annotations

import struct

_JPEG_NEEDED = frozenset({0xDB, 0xC4, 0xDD, 0xC0, 0xC1, 0xC2})
_PNG_NEEDED = frozenset(
    {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT"}
)
_WEBP_NEEDED = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"})
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA


def only_pixels(data: bytes, mime: str) -> bool:
    """True when `data` is nothing but a picture of `mime`; a doubtful structure is False."""
    walk = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}[mime]
    try:
        return walk(data)
    except (IndexError, struct.error):
        return False


def _jpeg(data: bytes) -> bool:
    at = 2
    while True:
        if data[at] != 0xFF:
            return False
        marker = data[at + 1]
        if marker == _EOI:
            return at + 2 == len(data)
        (size,) = struct.unpack_from(">H", data, at + 2)
        if marker == _SOS:
            at = _end_of_scan(data, at + 2 + size)
        elif marker in _JPEG_NEEDED or _colour_segment(marker, data[at + 4 : at + 16]):
            at += 2 + size
        else:
            return False


def _colour_segment(marker: int, head: bytes) -> bool:
    """JFIF, a colour profile and Adobe's colour flag say how to show the pixels, not where they were
    taken.
    """
    return (
        (marker == 0xE0 and head.startswith(b"JFIF\0"))
        or (marker == 0xE2 and head.startswith(b"ICC_PROFILE\0"))
        or (marker == 0xEE and head.startswith(b"Adobe"))
    )


def _end_of_scan(data: bytes, at: int) -> int:
    """The next marker after entropy-coded bytes (stuffed zeros and restart marks belong to the scan)."""
    while (at := data.find(b"\xff", at)) >= 0:
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2
    raise IndexError("a scan without an end")


def _png(data: bytes) -> bool:
    at = 8
    while at < len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        if name not in _PNG_NEEDED:
            return False
        at += 12 + size
        if name == b"IEND":
            return bool(at == len(data))
    return False


def _webp(data: bytes) -> bool:
    (declared,) = struct.unpack_from("<I", data, 4)
    at = 12
    while at < len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        if name not in _WEBP_NEEDED:
            return False
        at += 8 + size + size % 2
    return bool(at == len(data) == declared + 8)
