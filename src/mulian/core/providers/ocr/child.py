"""The throw-away process: a picture of a paper comes in by a pipe, a covered one and proposals go out by another.

Run as `python -I -B -m mulian.core.providers.ocr.child`. It may write no file at all, nor may what it starts: the limit
of a file's size is nothing. Killed, it costs the server nothing, and what it saw is gone.
"""

from __future__ import annotations

import io
import sys
import warnings
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageOps

from mulian.core.child.limits import limit
from mulian.core.files.kinds import MOST_PIXELS, sniff
from mulian.core.providers.ocr.covering import Covering, cover
from mulian.core.providers.ocr.lines import Line
from mulian.core.providers.ocr.messages import Answer, Order, pack, unpack
from mulian.core.providers.ocr.proposing import propose

CPU_SECONDS = 60
MEMORY = 3 * 1024 * 1024 * 1024
FILES = 128
LONGEST = 1600
"""Pixels of the longer side of what is read and kept."""
QUALITY = 80
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


class _Refused(Exception):
    """The picture is not taken; the argument is a Problem's code."""


def limit_myself() -> None:
    """Before a single untrusted byte is read."""
    limit(cpu=CPU_SECONDS, memory=MEMORY, written=0, files=FILES)


def decode(data: bytes) -> Image.Image:
    """The picture upright, without anything but its pixels, no larger than is needed to read it."""
    kind = FORMATS.get(sniff(data[:16]) or "")
    if kind is None:
        raise _Refused("files.wrong_type")
    Image.MAX_IMAGE_PIXELS = None
    warnings.simplefilter("ignore")
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _Refused("files.too_many_pixels")
            picture.draft("RGB", (LONGEST, LONGEST))
            upright = ImageOps.exif_transpose(picture) or picture
            plain = upright.convert("RGB")
    except (_Refused, MemoryError):
        raise
    except Exception as error:
        raise _Refused("files.unreadable") from error
    plain.thumbnail((LONGEST, LONGEST))
    plain.info.clear()
    return plain


def work(data: bytes) -> bytes:
    """One order, one answer."""
    order, body = unpack(data, Order)
    picture = decode(body)
    answer = Answer(width=picture.width, height=picture.height)
    if not order.read:
        return pack(answer, _written(picture) if order.by_hand else b"")
    from mulian.core.providers.ocr import engines  # noqa: PLC0415 -- slow import, after the limits

    lines = engines.read(picture)
    seen = [line for line in lines if line.readable] if order.by_hand else lines
    covering = cover(seen, picture.width, picture.height, order.layout)
    answer.boxes, answer.doubts = list(covering.boxes), list(covering.doubts)
    answer.proposals = propose(lines, order.layout, covering)
    if not (covering.sure or order.by_hand):
        return pack(answer)
    _paint(picture, covering)
    if order.by_hand and covering.boxes:
        _look_again(picture, covering, order, engines.read(picture))
    return pack(answer, _written(picture))


def _look_again(picture: Image.Image, covering: Covering, order: Order, lines: Sequence[Line]) -> None:
    """Nobody but the machine saw what was forgotten: when it is not sure to have covered it, no picture is kept."""
    seen = [line for line in lines if line.readable]
    left = cover(seen, picture.width, picture.height, order.layout)
    if "turned" in covering.doubts or any(not covering.hides(box) for box in left.boxes):
        raise _Refused("ocr.still_seen")


def _paint(picture: Image.Image, covering: Covering) -> None:
    """Solid boxes in the pixels themselves; nothing lies beneath."""
    draw = ImageDraw.Draw(picture)
    for box in covering.boxes:
        draw.rectangle((box.left, box.upper, box.right, box.lower), fill=(40, 40, 40))


def _written(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def main() -> int:
    """Always answers when it can; a refusal is an answer, a death is not."""
    limit_myself()
    try:
        said = work(sys.stdin.buffer.read())
    except _Refused as refusal:
        said = pack(Answer(refused=str(refusal)))
    except MemoryError:
        said = pack(Answer(refused="files.too_many_pixels"))
    sys.stdout.buffer.write(said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
