"""Starts the child and hears it. The picture goes in by a pipe and is never a file, an upload's spool or a log line."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from shutil import which
from threading import BoundedSemaphore

from django.conf import settings

from mulian.core.child.starting import run
from mulian.core.providers.ocr.layout import Layout
from mulian.core.providers.ocr.messages import Answer, Order, pack, unpack
from mulian.kernel.problems import Problem, register

LARGEST = 8 * 1024 * 1024
"""Bytes of a picture that is taken; the page shrinks it to a tenth of that first."""
WALL_SECONDS = 90.0
PATIENCE = 30.0
"""Seconds a request waits for its turn: one reader at a time, each needs half a gigabyte."""
_turn = BoundedSemaphore(1)
register("ocr.busy", 503, "Other papers are being read.", "Try again in a minute, or type what it says.")
register("ocr.died", 422, "The picture could not be read.", "Take another one, or type what the paper says.")
register(
    "ocr.still_seen",
    422,
    "Something that must not be kept can still be seen.",
    "Take the picture again, straight, and cover it.",
)


@dataclass(frozen=True)
class Engines:
    """What this machine can read."""

    chinese: bool
    tibetan: bool


def engines() -> Engines:
    """By what is installed: the extra `ocr`, and tesseract with its Tibetan. `MULIAN_OCR=0` uses none."""
    if not settings.MULIAN_OCR:
        return Engines(chinese=False, tibetan=False)
    chinese = find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None
    return Engines(chinese=chinese, tibetan=chinese and _tesseract_reads_tibetan())


def look(picture: bytes, layout: Layout) -> tuple[Answer, bytes]:
    """What was read, what to cover, and the covered picture where that is sure; raises the refusal's Problem."""
    if not engines().chinese:
        return _ask(Order(layout=layout, read=False), picture)
    return _ask(Order(layout=layout, read=True), picture)


def written_anew(picture: bytes, layout: Layout) -> bytes:
    """A picture that a person covered, written anew from its pixels; what an engine still finds is covered too.

    Raises `ocr.still_seen` where it is not sure to have covered that.
    """
    return _ask(Order(layout=layout, read=engines().chinese, by_hand=True), picture)[1]


def _ask(order: Order, picture: bytes) -> tuple[Answer, bytes]:
    if len(picture) > LARGEST:
        raise Problem("files.too_large")
    if not _turn.acquire(timeout=PATIENCE):
        raise Problem("ocr.busy")
    try:
        answer, body = unpack(_run(pack(order, picture)), Answer)
    except ValueError:
        raise Problem("ocr.died") from None
    finally:
        _turn.release()
    if answer.refused:
        raise Problem(answer.refused)
    return answer, body


def _run(message: bytes) -> bytes:
    """Raises ValueError for a child that died."""
    child = run(
        "mulian.core.providers.ocr.child",
        message,
        seconds=WALL_SECONDS,
        most=2 * LARGEST,
        writes=False,
        programs=True,
    )
    if not child.well:
        raise ValueError("the child died")
    return child.said


@cache
def _tesseract_reads_tibetan() -> bool:
    program = which("tesseract")
    if program is None:
        return False
    try:
        said = subprocess.run([program, "--list-langs"], capture_output=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return "bod" in said.stdout.decode(errors="replace").split()
