"""Papers that nobody holds, drawn for tests: made-up names, numbers of nobody with a right check digit."""

from __future__ import annotations

import io
from pathlib import Path

import numpy
from PIL import Image, ImageDraw, ImageFont

from mulian.core.providers.ocr.lines import Box, Line

CHINESE = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
TIBETAN = "/usr/share/fonts/truetype/noto/NotoSerifTibetan-Regular.ttf"
NUMBER = "632623198405120020"
OLD_NUMBER = "632623840512002"
FACE = (640, 80, 930, 450)
IDENTITY = [
    (70, 80, 26, "姓名"), (180, 76, 34, "合成卓玛"), (70, 150, 26, "性别"), (180, 148, 32, "女"),
    (300, 150, 26, "民族"),
    (390, 148, 32, "藏"), (70, 225, 26, "出生"), (180, 222, 32, "1984年5月12日"), (70, 300, 26, "住址"),
    (180, 298, 30, "青海省果洛州甘德县江千乡"), (70, 545, 28, "公民身份号码"), (340, 540, 38, NUMBER),
]  # fmt: skip
Words = list[tuple[int, int, int, str]]


def lines(words: Words, confidence: float = 0.99) -> list[Line]:
    """What an engine that errs nowhere reads of them."""
    return [
        Line(
            text,
            Box(x, y, x + size * sum(1.0 if ord(c) > 0x2E80 else 0.55 for c in text), y + size),
            confidence,
        )
        for x, y, size, text in words
    ]


def without(*texts: str, words: Words = IDENTITY) -> Words:
    return [word for word in words if word[3] not in texts]


def picture(
    words: Words, *, face: tuple[int, int, int, int] | None = None, size: tuple[int, int] = (1010, 638)
) -> bytes:
    """A card with these words, as a phone would send it."""
    image = Image.new("RGB", size, (226, 234, 238))
    draw = ImageDraw.Draw(image)
    if face:
        draw.rectangle(face, fill=(200, 40, 40))
    for x, y, height, text in words:
        tibetan = any("\u0f00" <= letter <= "\u0fff" for letter in text)
        font = ImageFont.truetype(TIBETAN if tibetan and Path(TIBETAN).exists() else CHINESE, height)
        draw.text((x, y), text, font=font, fill=(20, 20, 30))
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "made of nobody"
    image.save(out, "JPEG", quality=92, exif=exif)
    return out.getvalue()


def identity() -> bytes:
    return picture(IDENTITY, face=FACE)


def red(content: bytes) -> int:
    """Pixels of the made-up portrait that can be seen in a picture."""
    pixels = numpy.asarray(Image.open(io.BytesIO(content)).convert("RGB")).astype(int)
    return int(((pixels[..., 0] > 150) & (pixels[..., 1] < 90) & (pixels[..., 2] < 90)).sum())
