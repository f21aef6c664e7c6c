"""The papers of the base pack, drawn, turned, darkened and noisy as phones take them: what is refused is hidden.

All pictures go through one process of the reader, as each would through its own.
"""

from __future__ import annotations

import io
import math
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy
import pytest
from PIL import Image, ImageEnhance

from mulian.core.packs.shapes.certificates import Certificate
from mulian.core.providers.ocr.layout import Layout
from mulian.core.providers.ocr.messages import Answer, Order, pack, unpack
from tests.core.providers.ocr.drawn import NUMBER, Words, picture

BASE = Path(__file__).parents[4] / "packs/base/certificates.toml"
SIZE = (1010, 638)
BOOKLET = [
    (360, 20, 40, "常住人口登记卡"), (50, 100, 28, "姓名"), (200, 98, 30, "合成卓玛"),
    (520, 100, 28, "与户主关系"),
    (760, 98, 30, "妻"), (50, 170, 28, "性别"), (200, 168, 30, "女"), (520, 170, 28, "民族"), (760, 168, 30, "藏"),
    (50, 240, 28, "出生地"), (200, 238, 30, "青海省甘德县"), (50, 310, 28, "公民身份证件编号"), (340, 308, 32, NUMBER),
    (50, 380, 28, "文化程度"), (200, 378, 30, "小学"), (520, 380, 28, "婚姻状况"), (760, 378, 30, "有配偶"),
]  # fmt: skip
DISABILITY = [
    (330, 20, 40, "中华人民共和国残疾人证"), (70, 110, 28, "姓名"),
    (180, 108, 32, "合成才让"), (70, 180, 28, "性别"),
    (180, 178, 32, "男"), (300, 180, 28, "民族"), (390, 178, 32, "藏"),
    (70, 250, 28, "残疾类别"), (240, 248, 30, "肢体"),
    (70, 320, 28, "残疾等级"), (240, 318, 30, "二级"), (70, 545, 28, "残疾人证号"), (300, 540, 36, NUMBER + "42"),
]  # fmt: skip
LOW_INCOME = [
    (300, 20, 40, "城乡居民最低生活保障证"), (60, 120, 32, "户主姓名"), (260, 118, 34, "合成才让"),
    (60, 200, 32, "身份证号"),
    (260, 198, 34, NUMBER), (60, 280, 32, "家庭住址"), (260, 278, 34, "青海省果洛州甘德县江千乡"),
    (60, 360, 32, "保障人数"),
    (260, 358, 34, "3"), (60, 440, 32, "保障金额"), (260, 438, 34, "1260元"),
]  # fmt: skip
FACE = (640, 100, 930, 470)
HIDDEN = {"booklet": (NUMBER, "藏"), "disability": (NUMBER + "42", "藏"), "low_income": (NUMBER,)}
DRAWN: dict[str, Words] = {"booklet": BOOKLET, "disability": DISABILITY, "low_income": LOW_INCOME}
TAKEN = {"booklet": (2.0, 0.8, 5), "disability": (-1.5, 0.55, 8), "low_income": (3.0, 0.7, 6)}
"""How a phone took it: degrees, brightness, noise in steps of 255."""
READER = """
import sys, rapidocr
from mulian.core.providers.ocr import child
child.limit_myself()
kept, made = [], rapidocr.RapidOCR
def once(params):
    kept[:] = kept or [made(params=params)]
    return kept[0]
rapidocr.RapidOCR = once
data = sys.stdin.buffer.read()
while data:
    size = int.from_bytes(data[:4], "big")
    said = child.work(data[4:4 + size])
    sys.stdout.buffer.write(len(said).to_bytes(4, "big") + said)
    data = data[4 + size:]
"""


@dataclass(frozen=True)
class Seen:
    answer: Answer
    covered: bytes


def photo(kind: str) -> bytes:
    """As a phone takes it: the paper a little turned on the table, in bad light."""
    degrees, light, noise = TAKEN[kind]
    card = Image.open(
        io.BytesIO(picture(DRAWN[kind], face=FACE if kind == "disability" else None, size=SIZE))
    )
    turned = card.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=(226, 234, 238))
    pixels = numpy.asarray(ImageEnhance.Brightness(turned).enhance(light)).astype(int)
    grain = numpy.random.default_rng(7).normal(0, noise, pixels.shape)
    out = io.BytesIO()
    Image.fromarray(numpy.clip(pixels + grain, 0, 255).astype("uint8")).save(out, "JPEG", quality=85)
    return out.getvalue()


def place(kind: str, text: str) -> list[tuple[float, float]]:
    """Points along the middle of a text, where the turned picture has them."""
    x, y, size, _ = next(word for word in DRAWN[kind] if word[3] == text)
    long = size * sum(1.0 if ord(c) > 0x2E80 else 0.55 for c in text)
    points = [(x + long * share, y + size * 0.7) for share in (0.08, 0.35, 0.65, 0.92)]
    angle, (mid_x, mid_y) = math.radians(-TAKEN[kind][0]), (SIZE[0] / 2, SIZE[1] / 2)
    return [
        (
            mid_x + (px - mid_x) * math.cos(angle) - (py - mid_y) * math.sin(angle),
            mid_y + (px - mid_x) * math.sin(angle) + (py - mid_y) * math.cos(angle),
        )
        for px, py in points
    ]


def layouts() -> dict[str, Layout]:
    rows = msgspec.convert(tomllib.loads(BASE.read_text())["certificate"], list[Certificate])
    return {row.code: Layout(tuple(row.pages), tuple(row.fields), tuple(row.labels)) for row in rows}


@pytest.fixture(scope="module")
def seen() -> dict[str, Seen]:
    known = layouts()
    orders = [pack(Order(layout=known[kind], read=True), photo(kind)) for kind in DRAWN]
    sent = b"".join(len(order).to_bytes(4, "big") + order for order in orders)
    run = [sys.executable, "-I", "-B", "-c", READER]
    said = subprocess.run(run, input=sent, capture_output=True, check=True).stdout
    found = {}
    for kind in DRAWN:
        size = int.from_bytes(said[:4], "big")
        found[kind] = Seen(*unpack(said[4 : 4 + size], Answer))
        said = said[4 + size :]
    return found


@pytest.mark.parametrize("kind", DRAWN)
def test_what_is_refused_is_hidden_however_the_paper_was_taken(seen: dict[str, Seen], kind: str) -> None:
    """Number and ethnicity lie under boxes, the portrait is gone, and the machine is sure: the picture may stay."""
    one = seen[kind]
    bare = [
        (text, x, y)
        for text in HIDDEN[kind]
        for x, y in place(kind, text)
        if not any(box.left <= x <= box.right and box.upper <= y <= box.lower for box in one.answer.boxes)
    ]
    assert (bare, one.answer.doubts) == ([], [])
    assert not any(NUMBER[:8] in found.text for found in one.answer.proposals)
    assert reddish(one.covered) < 400


def reddish(content: bytes) -> int:
    """Pixels of the made-up portrait, in any light."""
    pixels = numpy.asarray(Image.open(io.BytesIO(content)).convert("RGB")).astype(int)
    return int((pixels[..., 0] > 2.2 * numpy.maximum(pixels[..., 1], 20)).sum())


def test_a_portrait_can_be_told_in_bad_light() -> None:
    assert reddish(photo("disability")) > 50_000
