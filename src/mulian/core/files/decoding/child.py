"""The throw-away process: limits itself, decodes what stands on descriptor 0, answers one line on descriptor
1.

Run as `python -I -m mulian.core.files.decoding.child FD`; a clean copy, if one is needed, goes to descriptor
FD. It is given no path and opens none of its own; killed, it costs the server nothing.
"""

from __future__ import annotations

import os
import sys

from mulian.core.child.limits import limit
from mulian.core.files.decoding.verdict import Refused, Verdict
from mulian.core.files.kinds import KINDS, LARGEST, sniff

CPU_SECONDS = 15
MEMORY = 1024 * 1024 * 1024
FILES = 32


def look(original: int, copy: int) -> Verdict:
    """Decode descriptor `original`, chosen by its first bytes only."""
    with os.fdopen(original, "rb", closefd=False) as file, os.fdopen(copy, "w+b") as clean_copy:
        data = file.read(LARGEST + 1)
        mime = sniff(data[:16])
        if mime is None:
            raise Refused("files.wrong_type")
        if len(data) > KINDS[mime].most:
            raise Refused("files.too_large")
        if mime.startswith("image/"):
            from mulian.core.files.decoding import pictures  # noqa: PLC0415 -- slow import, after the limits

            return pictures.decode(data, mime, clean_copy)
        from mulian.core.files.decoding import sounds  # noqa: PLC0415 -- slow import, after the limits

        file.seek(0)
        return sounds.decode(file, mime, clean_copy)


def main() -> int:
    """Always answers when it can; a refusal is an answer, a death is not."""
    limit(cpu=CPU_SECONDS, memory=MEMORY, written=LARGEST, files=FILES)
    try:
        verdict = look(0, int(sys.argv[1]))
    except Refused as refusal:
        verdict = Verdict(refused=refusal.code)
    except MemoryError:
        verdict = Verdict(refused="files.too_many_pixels")
    sys.stdout.buffer.write(verdict.dump())
    return 0


if __name__ == "__main__":
    sys.exit(main())
