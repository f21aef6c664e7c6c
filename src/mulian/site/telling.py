"""What a long command says while it works."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

EVERY = 2.0
"""Seconds between two words of progress."""


@contextmanager
def step(sentence: str) -> Iterator[None]:
    """One plain line with its seconds."""
    started = time.monotonic()
    print(f"  {sentence} …", end=" ", flush=True)
    yield
    print(f"{time.monotonic() - started:.1f} s", flush=True)


class Progress:
    """A line that grows by `done/all` every two seconds: readable in a terminal and in a log."""

    def __init__(self, sentence: str, all: int) -> None:
        self.sentence, self.all, self.done = sentence, all, 0
        self._started = self._told = time.monotonic()

    def __enter__(self) -> Progress:
        print(f"  {self.sentence} …", end=" ", flush=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        end = f"{self.all} in {time.monotonic() - self._started:.1f} s" if kind is None else ""
        print(end, flush=True, file=sys.stdout)

    def more(self) -> None:
        """One more is done."""
        self.at(self.done + 1, self.all)

    def at(self, done: int, all: int) -> None:
        """So many of so many are done."""
        self.done, self.all = done, all
        if time.monotonic() - self._told >= EVERY:
            self._told = time.monotonic()
            print(f"{done}/{all}", end=" ", flush=True)
