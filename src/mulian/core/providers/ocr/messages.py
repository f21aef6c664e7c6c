"""What goes to the child and comes back, through pipes: a line of JSON with its length before it, then bytes."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from msgspec import Struct

from mulian.core.providers.ocr.layout import Layout
from mulian.core.providers.ocr.lines import Box
from mulian.core.providers.ocr.proposing import Proposal

HEAD = 4
T = TypeVar("T")


class Order(Struct):
    """`read`: with an engine; without, the picture is only decoded, shrunk and written anew.

    `by_hand`: a person covered it and answers for it; what is still found is covered, what is unread is left.
    """

    layout: Layout
    read: bool
    by_hand: bool = False


class Answer(Struct):
    """`refused`: code of a Problem, then all else is empty. A picture follows only when it may be kept."""

    refused: str = ""
    width: int = 0
    height: int = 0
    boxes: list[Box] = []
    doubts: list[str] = []
    proposals: list[Proposal] = []


def pack(head: Struct, body: bytes = b"") -> bytes:
    line = msgspec.json.encode(head)
    return len(line).to_bytes(HEAD, "big") + line + body


def unpack(data: bytes, kind: type[T]) -> tuple[T, bytes]:
    """Raises msgspec.DecodeError (a ValueError) for what is no message."""
    size = int.from_bytes(data[:HEAD], "big")
    return msgspec.json.decode(data[HEAD : HEAD + size], type=kind), data[HEAD + size :]
