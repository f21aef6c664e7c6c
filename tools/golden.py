"""Puts one command of a new kind or version into the corpus that every later server must understand.

    .venv/bin/python tools/golden.py cases.feedback '{"case": "0199a000-…", "solved": true}' [--v 2] [--after ID …]

Writes `<kind>.v<version>.open.json` and `.sealed.json` into tests/field/golden, as a phone of today keeps them in its
outbox, and their hashes into SHA256SUMS. What is there already is never written again. `golden/` has a report
(0199a000-0000-7000-8000-000000000001, sealed …101) and tests/field a task that bodies may name.
"""

from __future__ import annotations

import argparse
import base64
import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cryptography.hazmat.primitives import serialization  # noqa: E402  -- found only with the repository on the path
from cryptography.hazmat.primitives.asymmetric import ec  # noqa: E402

from bench.seal import Key  # noqa: E402

GOLDEN = ROOT / "tests/field/golden"
DEVICE, TOKEN, KID = "01990000-0000-7000-8000-00000000d001", "golden-token", "golden"
AT = "2026-11-22T09:30:00+08:00"
OPEN, SEALED = "0199a000-0000-7000-8000-0000000000", "0199a000-0000-7000-8000-0000000001"


def key() -> Key:
    """The county's key of the corpus, as its phones know it."""
    private = serialization.load_pem_private_key((GOLDEN / "server-key.pem").read_bytes(), password=None)
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    numbers = private.public_key().public_numbers()
    return Key(KID, {"x": _number(numbers.x), "y": _number(numbers.y)}, DEVICE, TOKEN)


def _number(value: int) -> str:
    return base64.urlsafe_b64encode(value.to_bytes(32, "big")).decode().rstrip("=")


def command(prefix: str, seq: int, asked: argparse.Namespace) -> dict[str, Any]:
    """The command open; ids that name others of the corpus follow its form."""
    body = json.dumps(json.loads(asked.body), ensure_ascii=False).replace(OPEN, prefix)
    after = [each.replace(OPEN, prefix) for each in asked.after]
    head = {
        "id": f"{prefix}{seq:02x}",
        "seq": seq,
        "kind": asked.kind,
        "v": asked.v,
        "at": AT,
        "after": after,
    }
    return head | {"body": json.loads(body)}


def written(asked: argparse.Namespace) -> dict[str, bytes]:
    """name → bytes of both forms."""
    seq = len(list(GOLDEN.glob("*.open.json"))) + 1
    opened, inside = command(OPEN, seq, asked), command(SEALED, seq, asked) | {"token": TOKEN}
    box = base64.b64encode(key().seal(_bytes(inside))).decode()
    outside = {"id": inside["id"], "seq": seq, "from": DEVICE, "sealed": {"kid": KID, "box": box}}
    stem = f"{asked.kind}.v{asked.v}{asked.part and '+' + asked.part}"
    return {f"{stem}.open.json": _bytes(opened), f"{stem}.sealed.json": _bytes(outside)}


def _bytes(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("kind")
    words.add_argument("body", help="JSON, with the ids of the open form")
    words.add_argument("--v", type=int, default=1)
    words.add_argument("--part", default="", help="an optional part that a released version gained")
    words.add_argument("--after", nargs="*", default=[])
    for name, content in written(words.parse_args()).items():
        if (GOLDEN / name).exists():
            print(f"{name} is released: it never changes")
            return 1
        (GOLDEN / name).write_bytes(content)
        with (GOLDEN / "SHA256SUMS").open("a") as sums:
            sums.write(f"{sha256(content).hexdigest()}  {name}\n")
        print(name)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
