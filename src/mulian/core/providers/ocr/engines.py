"""The engines, inside the child: rapidocr for Chinese (models in its wheel), tesseract with `bod` for Tibetan lines."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy
from PIL import Image

from mulian.core.providers.ocr.lines import Box, Line, tidy, turned

TIBETAN = re.compile("[\u0f40-\u0f6c]")
FEWEST = 3
"""Letters in Tibetan script from which on a line counts as Tibetan."""
MOST = 12
"""Lines given to tesseract: each is a program of its own."""
SECONDS = 10.0


def read(picture: Image.Image) -> list[Line]:
    """All lines of an upright picture, in no order; what neither engine reads stays with little confidence."""
    lines = [tidy(line) for line in _chinese(picture)]
    if shutil.which("tesseract") is None:
        return lines
    weak = [line for line in lines if not line.readable or not _has_words(line.text)]
    again = {id(line): _tibetan(picture, line) for line in weak[:MOST]}
    return [again.get(id(line), line) for line in lines]


def _chinese(picture: Image.Image) -> Iterable[Line]:
    from rapidocr import RapidOCR  # noqa: PLC0415 -- an extra, loaded in the child alone

    params = {
        "Global.log_level": "critical",
        "Global.text_score": 0.0,
        "EngineConfig.onnxruntime.intra_op_num_threads": 2,
    }
    said: Any = RapidOCR(params=params)(numpy.array(picture.convert("RGB"))[:, :, ::-1])
    if said.boxes is None:
        return
    for corners, text, score in zip(said.boxes, said.txts, said.scores, strict=True):
        points = [(float(x), float(y)) for x, y in corners]
        across, down = [x for x, _ in points], [y for _, y in points]
        box = Box(min(across), min(down), max(across), max(down))
        yield Line(text, box, float(score), turned(points))


def _has_words(text: str) -> bool:
    """Signs alone are what the Chinese engine makes of Tibetan."""
    return bool(re.search(r"[\u3400-\u9fffA-Za-z]{2}|\d{4}", text)) or len(text) == 1


def _tibetan(picture: Image.Image, line: Line) -> Line:
    """The line as tesseract reads it, twice as large; the line as it was when that is no Tibetan."""
    part = line.box.grown(0.25 * line.box.height)
    crop = picture.crop((max(0, int(part.left)), max(0, int(part.upper)), int(part.right), int(part.lower)))
    if not (crop.width and crop.height):
        return line
    png = io.BytesIO()
    crop.convert("L").resize((crop.width * 2, crop.height * 2)).save(png, "PNG")
    text, confidence = _tesseract(png.getvalue())
    return replace(line, text=text, confidence=confidence) if len(TIBETAN.findall(text)) >= FEWEST else line


def _tesseract(png: bytes) -> tuple[str, float]:
    """Through pipes only. What it cannot read, or a missing language, is no text."""
    command = ["tesseract", "stdin", "stdout", "-l", "bod", "--psm", "7", "tsv"]
    try:
        ran = subprocess.run(command, input=png, capture_output=True, timeout=SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return "", 0.0
    rows = csv.DictReader(
        io.StringIO(ran.stdout.decode(errors="replace")), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    words = [(row["text"], float(row["conf"])) for row in rows if (row.get("text") or "").strip()]
    sure = [conf for _, conf in words if conf >= 0]
    return " ".join(word for word, _ in words), (sum(sure) / len(sure) / 100 if sure else 0.0)
