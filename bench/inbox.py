"""The pages of the county's work over its years: `python -m bench.inbox [--cases 200000] [--asks 20] [--keep FOLDER]`.

For the county's duty officer and for a village's lead: the inbox with each of its filters, its second page, its
live count, searches in Chinese, Tibetan and by number, the duty board, a case and its history, the figures. Each
page is asked again and again, in-process, rendered whole with its menu and badges. Beside the time by the clock
stands what this process computed (on SQLite that is all of it), which other work on the machine changes less.

On PostgreSQL where `MULIAN_DATABASE_URL` names an empty database, else on SQLite in a folder of its own. With
`--keep` the folder (or the database) stays as it is and a second run asks without filling; `--asks 0` only fills.
"""

from __future__ import annotations

import argparse
import os
import re
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import empty, lives
from bench.table import at, show
from mulian.site.benching.measures import Row

GOAL = 0.150
"""Seconds, p95, of every page."""
VILLAGE, TOWNSHIP = "632623204200", "632623204"
FILTERS: Mapping[str, str] = {
    "as it opens": "",
    "all I may see": "whose=all",
    "my office's": "whose=unit",
    "only mine": "whose=mine",
    "taken": "whose=all&state=taken",
    "closed": "whose=all&state=closed",
    "of a township": f"whose=all&area={TOWNSHIP}",
    "of a village": f"whose=all&area={VILLAGE}",
    "closed, of a village": f"whose=all&state=closed&area={VILLAGE}",
    "of a topic": "whose=all&topic=road",
    "urgent": "whose=all&urgent=on",
    "overdue": "whose=all&overdue=on",
    "urgent and overdue, of a village": f"whose=all&urgent=on&overdue=on&area={VILLAGE}",
    "words, Chinese, in one of 20": "whose=all&q=桥断",
    "words, Chinese, in one of 3": "whose=all&q=路",
    "words, Chinese, nowhere": "whose=all&q=大象",
    "words, Tibetan": "whose=all&q=ཟམ་པ",
    "a number's beginning": "whose=all&q=GD26",
    "a word and a topic, closed": "whose=all&q=断&topic=road&state=closed",
}  # fmt: skip
FIGURES: Mapping[str, str] = {
    "this month": "",
    "by day": "by=day",
    "a month that settled": f"of={datetime.now(UTC).date() - lives.BACK}",
    "of a village": f"area={VILLAGE}",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.inbox", description=__doc__)
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--asks", type=int, default=20)
    parser.add_argument("--keep", type=Path)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kept = wanted.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        os.environ |= {
            "MULIAN_DATA": str(kept),
            "MULIAN_PACK": "gande",
            "DJANGO_SETTINGS_MODULE": "mulian.settings",
        }
        empty.ready()
        _made(wanted.cases)
        for who in ("county_duty", "village_lead") if wanted.asks else ():
            show(f"pages of {who}", _ask(who, wanted.asks))
    return 0


def _made(cases: int) -> None:
    """Fills the database unless it holds the cases of a run before."""
    from bench import years  # noqa: PLC0415 -- needs Django
    from mulian.modules.cases.models import Case  # noqa: PLC0415 -- as above

    if Case.unscoped.because("a bench counts").count() >= cases:
        return
    began = time.monotonic()
    years.fill(cases)
    print(f"{cases} cases written in {time.monotonic() - began:.0f} s", flush=True)


def _ask(who: str, asks: int) -> Iterator[Row]:
    from django.test import Client  # noqa: PLC0415 -- needs Django

    from mulian.core.access.models import Person  # noqa: PLC0415 -- as above
    from mulian.site import runtime  # noqa: PLC0415 -- as above

    runtime.collect_seldom()  # as a server does
    client = Client(headers={"Host": "127.0.0.1"})
    client.force_login(Person.objects.get(username=who))
    for what, path in _pages(client, who).items():
        seconds, computed = _timed(client, path, asks)
        worst, cpu = at(0.95, seconds), at(0.95, computed)
        figure = f"p50 {at(0.5, seconds) * 1000:.0f}, p95 {worst * 1000:.0f}, CPU p95 {cpu * 1000:.0f} ms"
        yield Row(what, figure, f"p95 ≤ {GOAL * 1000:.0f} ms", worst <= GOAL)


def _pages(client: Any, who: str) -> dict[str, str]:
    """What is asked for; the second page and the live count are those the first page names."""
    pages = {f"inbox: {name}": f"/inbox/?{query}" for name, query in FILTERS.items()}
    for name, query in {"as it opens": "", "closed": "whose=all&state=closed"}.items():
        text = client.get(f"/inbox/?{query}").content.decode().replace("&amp;", "&")
        if second := re.search(r'href="(\?[^"]*cursor=[^"]+)"', text):
            pages[f"inbox: {name}, page 2"] = f"/inbox/{second[1]}"
        if live := re.search(r'"(/inbox/live/[^"]+)"', text):
            pages[f"inbox: {name}, live count"] = live[1]
        if case := re.search(r'href="(/cases/[0-9a-f-]{36}/)"', text):
            pages[f"a case with its history, {name}"] = case[1]
            pages[f"a case's live number, {name}"] = f"{case[1]}live/"
    if who == "county_duty":
        pages |= {"duty board": "/duty/", "duty board, live number": "/duty/live/"}
    return pages | {f"figures: {name}": f"/figures/?{query}" for name, query in FIGURES.items()}


def _timed(client: Any, path: str, asks: int) -> tuple[list[float], list[float]]:
    """Seconds by the clock, and computed, of each time it was asked after the first."""
    seconds, computed = [], []
    for number in range(asks + 1):
        began, cpu = time.perf_counter(), time.process_time()
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.content[:300])
        if number:
            seconds.append(time.perf_counter() - began)
            computed.append(time.process_time() - cpu)
    return seconds, computed


if __name__ == "__main__":
    raise SystemExit(main())
