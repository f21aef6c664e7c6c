"""Many phones at once: threads with one kept connection each, and the times they saw."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from mulian.kernel.ids import uuid7
from mulian.site.benching.line import Line

TEXTS = ("村口的桥被水冲断了,车过不去", "草场围栏坏了", "སྡེ་བའི་ཟམ་པ་ཆག་སོང", "三天没有电了", "གཡག་ལ་ནད་བྱུང་སོང")


@dataclass
class Seen:
    """What one run of a load saw: seconds per request, when each began, and answers that were not good."""

    seconds: list[float] = field(default_factory=list)
    bad: int = 0
    elapsed: float = 0.0
    accepted: list[tuple[str, float]] = field(default_factory=list)

    def at(self, share: float) -> float:
        """A percentile, in milliseconds."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.elapsed if self.elapsed else 0.0


def report(text: str = "") -> dict[str, Any]:
    """A command as phones send it, about 300 bytes."""
    id = uuid7()
    body = {"text": f"{text or TEXTS[id.int % len(TEXTS)]} {str(id)[-6:]}"}
    return {
        "id": str(id),
        "seq": 1,
        "kind": "cases.report",
        "v": 1,
        "at": "2026-11-22T10:00:00+08:00",
        "after": [],
        "body": body,
    }


class Phone:
    """One phone on one kept connection; with several tokens as many phones, who take turns on it."""

    def __init__(self, port: int, *tokens: str) -> None:
        self.line = Line(port)
        self.tokens = cycle(tokens)
        self.epoch: str | None = None
        self.cursor: str | None = None
        self.sent_bytes = self.got_bytes = 0

    def sync(
        self, commands: list[dict[str, Any]], *, keep: bool = False, limit: int = 0
    ) -> dict[str, Any] | None:
        """One round trip; None when the answer was not 200. `keep` and `limit` make it a phone that pulls."""
        asked = {"v": 1, "epoch": self.epoch, "cursor": self.cursor, "commands": commands, "max": limit}
        body = gzip.compress(json.dumps(asked, ensure_ascii=False, separators=(",", ":")).encode(), 6)
        headers = {
            "Authorization": f"Device {next(self.tokens)}",
            "Content-Type": "application/json",
            "Content-Encoding": "gzip",
            "Accept-Encoding": "gzip, br" if keep else "gzip",
        }
        status, got, raw = self.line.post("/field/sync", headers, body)
        self.sent_bytes += len(body) + _length(headers.items())
        self.got_bytes += len(raw) + _length(got.items())
        if status != 200:
            return None
        answer: dict[str, Any] = json.loads(_unpacked(raw, got.get("content-encoding", "")))
        if keep:
            self.epoch, self.cursor = answer["epoch"], answer["cursor"]
        return answer


def _length(headers: Any) -> int:
    return sum(len(name) + len(value) + 4 for name, value in headers)


def _unpacked(raw: bytes, encoding: str) -> bytes:
    if encoding == "br":
        import brotli  # noqa: PLC0415 -- only for answers in brotli

        return bytes(brotli.decompress(raw))
    return gzip.decompress(raw) if encoding == "gzip" else raw


def storm(phones: list[Phone], *, seconds: float, batch: int = 1, per_second: float | None = None) -> Seen:
    """All phones send at once for a while: as fast as answers come, or at a total rate."""
    seen, lock, start = Seen(), threading.Lock(), time.monotonic()
    pace = len(phones) * batch / per_second if per_second else 0.0

    def work(phone: Phone, offset: float) -> None:
        due = start + offset
        while time.monotonic() - start < seconds:
            if pace:
                time.sleep(max(0.0, due - time.monotonic()))
                due += pace
            commands = [report() for _ in range(batch)]
            began = time.monotonic()
            answer = phone.sync(commands)
            took = time.monotonic() - began
            with lock:
                _note(seen, commands, answer, began, took)

    threads = [
        threading.Thread(target=work, args=(phone, pace * n / len(phones))) for n, phone in enumerate(phones)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seen.elapsed = time.monotonic() - start
    return seen


def _note(
    seen: Seen, commands: list[dict[str, Any]], answer: dict[str, Any] | None, began: float, took: float
) -> None:
    verdicts = [r["verdict"] for r in answer["receipts"]] if answer else []
    seen.seconds.append(took)
    if any(v not in ("received", "applied") for v in verdicts) or len(verdicts) != len(commands):
        seen.bad += 1
    else:
        seen.accepted += [(c["id"], began + took) for c in commands]


def until(condition: Callable[[], bool], seconds: float, every: float = 0.1) -> float | None:
    """How long a condition took to come true; None when it did not within `seconds`."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if condition():
            return time.monotonic() - began
        time.sleep(every)
    return None
