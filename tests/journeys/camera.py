"""What another phone's camera sees of a canvas: its pictures as a film that Chromium plays as a camera."""

from __future__ import annotations

import base64
import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator

SIDE = 720
HOLDS = 5
"""Frames a picture stands still in the film, at ten a second."""
LOOKS = 40
PAUSE_MS = 120
DRAWN = "canvas => canvas.toDataURL('image/png').split(',')[1]"


def film(canvas: Locator, to: Path) -> Path:
    """Watches the canvas until every picture was seen, and films them."""
    pictures: dict[str, None] = {}
    for _ in range(LOOKS):
        pictures[canvas.evaluate(DRAWN)] = None
        canvas.page.wait_for_timeout(PAUSE_MS)
    return still(to, *map(base64.b64decode, pictures))


def still(to: Path, *pictures: bytes) -> Path:
    """PNG pictures, one after the other, as a film in Y4M (4:2:0)."""
    with to.open("wb") as out:
        out.write(f"YUV4MPEG2 W{SIDE} H{SIDE} F10:1 Ip A1:1 C420jpeg\n".encode())
        for picture in pictures:
            grey = _grey(picture)
            for _ in range(HOLDS):
                out.write(b"FRAME\n" + grey + bytes([128]) * (SIDE * SIDE // 2))
    return to


def _grey(png: bytes) -> bytes:
    """The picture on a grey table, a little smaller than what the camera takes in."""
    table = Image.new("L", (SIDE, SIDE), 150)
    inner = round(SIDE * 0.85)
    edge = (SIDE - inner) // 2
    table.paste(Image.open(io.BytesIO(png)).convert("L").resize((inner, inner)), (edge, edge))
    return table.tobytes()
