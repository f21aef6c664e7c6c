"""The throw-away process for many small files at once: archives are opened here, every file is decoded here.

Run as `python -I -m mulian.core.files.decoding.several FD`. On its input stands one line of JSON, `[[name, size], …]`,
and the files' bytes behind it; it answers one line of JSON, a verdict for each file, and writes what shall be kept of
them, one after the other, to descriptor FD. It is given no path and opens none; killed, it costs the server nothing.
"""

from __future__ import annotations

import io
import json
import os
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from typing import BinaryIO

from mulian.core.child.limits import limit
from mulian.core.files.decoding.verdict import Refused, Verdict
from mulian.core.files.kinds import MOST_SHELVED, SHELVED_EACH, SHELVED_PIXELS, SHELVED_TOGETHER, sniff

CPU_SECONDS = 25
MEMORY = 1024 * 1024 * 1024
ZIP = b"PK\x03\x04"
NOT_OURS = ("__MACOSX/", ".", "Thumbs.db", "desktop.ini")
"""What table programs and systems put into archives beside what people mean."""


def sent(file: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """What was sent, archives replaced by what lies in them. Raises Refused."""
    for name, size in json.loads(file.readline()):
        data = file.read(size)
        yield from _unpacked(data) if data.startswith(ZIP) else [(name, data)]


def _unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                name = _name(entry)
                if (
                    not entry.is_dir()
                    and not entry.filename.startswith(NOT_OURS)
                    and not name.startswith(NOT_OURS)
                ):
                    with archive.open(entry) as file:
                        yield name, file.read(SHELVED_EACH + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as wrong:
        raise Refused("files.unreadable") from wrong


def _name(entry: zipfile.ZipInfo) -> str:
    """Without its folders. Chinese systems write names in GBK and say nothing of it."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gbk")
        except UnicodeError:
            name = entry.filename
    return name.replace("\\", "/").rpartition("/")[2]


def look(data: bytes) -> tuple[Verdict, bytes]:
    """One file, decoded whole; the bytes are those to keep."""
    mime = sniff(data[:16])
    copy = io.BytesIO()
    try:
        if len(data) > SHELVED_EACH:
            raise Refused("files.too_large")
        if mime is None:
            raise Refused("files.wrong_type")
        verdict = _decoded(data, mime, copy)
        if (verdict.width or 0) * (verdict.height or 0) > SHELVED_PIXELS:
            raise Refused("files.too_many_pixels")
    except Refused as refusal:
        return Verdict(refused=refusal.code), b""
    return verdict, copy.getvalue() if verdict.rewritten else data


def _decoded(data: bytes, mime: str, copy: io.BytesIO) -> Verdict:
    if mime.startswith("image/"):
        from mulian.core.files.decoding import pictures  # noqa: PLC0415 -- slow import, after the limits

        return pictures.decode(data, mime, copy)
    from mulian.core.files.decoding import sounds  # noqa: PLC0415 -- slow import, after the limits

    return sounds.decode(io.BytesIO(data), mime, copy)


def main() -> int:
    """Always answers when it can; a refusal is an answer, a death is not."""
    limit(cpu=CPU_SECONDS, memory=MEMORY, written=2 * SHELVED_TOGETHER, files=32)
    answers: list[dict[str, object]] = []
    together = 0
    with os.fdopen(int(sys.argv[1]), "wb") as out:
        try:
            for name, data in sent(sys.stdin.buffer):
                together += len(data)
                if len(answers) == MOST_SHELVED or together > SHELVED_TOGETHER:
                    raise Refused("files.too_large")
                verdict, kept = look(data)
                out.write(kept)
                answers.append({"name": name, "size": len(kept), **asdict(verdict)})
        except Refused as refusal:
            answers = [{"name": "", "size": 0, **asdict(Verdict(refused=refusal.code))}]
    sys.stdout.buffer.write(json.dumps(answers).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
