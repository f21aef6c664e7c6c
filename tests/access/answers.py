"""Every address is asked once as each person (on PostgreSQL once, as one who may); what came back, and what was logged
meanwhile, is kept for every test that looks at it. The rows of `setting` are the same in each test, and each request is
undone, so one asking is enough.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from mulian.site.logs import PlainFormatter
from tests.access.crawl import WHOEVER, Row, ask, filled, sign_in, table, verdict
from tests.access.setting import Setting


@dataclass(frozen=True)
class Answer:
    """`verdict` is in the table's words; `page` is what a browser was shown, empty where it was no page."""

    who: str
    row: Row
    address: str
    verdict: str
    headers: Mapping[str, str]
    page: str

    @property
    def name(self) -> str:
        return f"{self.row.method} {self.address}"


@dataclass(frozen=True)
class Round:
    """One person's way through the whole table, near the things its rows name."""

    answers: tuple[Answer, ...]
    lines: tuple[str, ...]
    """What was logged on the way."""


_kept: dict[str, Round] = {}


def of(made: Setting, who: str) -> Round:
    """The round of one person; asked when a test first wants it."""
    if who not in _kept:
        clients: dict[str, Any] = {}
        with listening() as lines:
            asked = tuple(_answer(made, who, clients, row, verb) for row in table() for verb in row.verbs)
        _kept[who] = Round(asked, tuple(lines))
    return _kept[who]


def _answer(made: Setting, asks: str, clients: dict[str, Any], row: Row, verb: str) -> Answer:
    who = row.opener() if asks == WHOEVER else asks
    client = clients.get(who) or clients.setdefault(who, sign_in(who))
    address = filled(row, made, who, "own", verb)
    came = ask(client, row.method, address, row.data)
    html = came.headers.get("Content-Type", "").startswith("text/html") and not came.streaming
    return Answer(who, row, address, verdict(came), came.headers, came.content.decode() if html else "")


@contextmanager
def listening() -> Iterator[list[str]]:
    """Every line any logger writes meanwhile, as the installation's own log would have it."""
    written: list[str] = []
    plain = PlainFormatter("%(levelname)s %(name)s %(message)s")

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(plain.format(record))

    root, handler = logging.getLogger(), Keep()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield written
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
