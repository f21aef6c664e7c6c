"""The ledger's pages at county scale, asked again and again in-process: `rows` says how long each takes.

Beside the time by the clock stands what this process computed: on a busy machine only that means something.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from bench.table import at
from mulian.site.benching.measures import Row

HOUSEHOLDS = 40
"""Different households asked for: one page alone would be in every cache."""
PAGE, LIST, TOTALS, SEARCH, FRESH = 0.150, 0.200, 0.300, 0.200, 0.500
"""Seconds that the slowest twentieth may take."""
A_YEAR_AGO = "2025-11-22"
Ask = Callable[[], Any]


def rows(asks: int) -> Iterator[Row]:
    """Every page with its goal, as those who use it are answered."""
    some = _some()
    officer, lead, leader = client("township_officer"), client("village_lead"), client("leader")
    each = [f"/households/{one.id}/" for one in some]
    yield row("page of a household", _gets(officer, each), PAGE)
    yield row("its history a year ago", _gets(officer, [f"{p}history/?on={A_YEAR_AGO}" for p in each]), PAGE)
    yield row("list of the township", _gets(officer, ["/households/", "/households/?page=2"], asks), LIST)
    for who, asker in (("village", lead), ("township", officer)):
        yield row(f"search in Chinese, {who}", _gets(asker, _searches([one.name for one in some])), SEARCH)
        yield row(f"search in Tibetan, {who}", _gets(asker, _searches([one.name_bo for one in some])), SEARCH)
        common = _searches({one.name[0] for one in some})
        yield row(f"search by one character, {who}", _gets(asker, common), SEARCH)
    for script, names in (("Chinese", [o.name for o in some]), ("Tibetan", [o.name_bo for o in some])):
        yield row(f"two marks and a reason in {script}, county", _finds(names[:asks]), SEARCH)
    yield row("what is fresh or stale, township", _gets(officer, ["/households/fresh/"], asks), FRESH)
    yield row("what is fresh or stale, county", _gets(leader, ["/households/fresh/"], asks), FRESH)
    yield row("totals of the county", _gets(leader, ["/households/totals/"], asks), TOTALS)
    yield row("totals a year ago", _gets(leader, [f"/households/totals/?on={A_YEAR_AGO}"], asks), TOTALS)
    yield row("totals of the township", _gets(officer, ["/households/totals/"], asks), TOTALS)


def row(what: str, acts: Sequence[Ask], goal: float) -> Row:
    """The first act is done once beforehand, so that nothing is read into memory meanwhile."""
    acts[0]()
    seconds, computed = [], []
    for act in acts:
        began, cpu = time.perf_counter(), time.process_time()
        act()
        seconds.append(time.perf_counter() - began)
        computed.append(time.process_time() - cpu)
    slow = at(0.95, seconds)
    figure = f"p50 {at(0.5, seconds) * 1000:.0f}, p95 {slow * 1000:.0f}, CPU p95 {at(0.95, computed) * 1000:.0f} ms"
    return Row(what, figure, f"p95 ≤ {goal * 1000:.0f} ms", slow <= goal)


def client(username: str) -> Any:
    from django.test import Client  # noqa: PLC0415 -- needs Django

    from mulian.core.access.models import Person  # noqa: PLC0415 -- as above

    made = Client(headers={"Host": "127.0.0.1"})
    made.force_login(Person.objects.get(username=username))
    return made


def _some() -> list[Any]:
    """Households of the demo's township, of all its villages."""
    from mulian.core import packs  # noqa: PLC0415 -- needs Django
    from mulian.modules.households.models import Household  # noqa: PLC0415 -- as above
    from mulian.modules.households.seed.plan import demo_township  # noqa: PLC0415 -- as above

    home = demo_township(packs.current())
    found = Household.unscoped.because("a bench asks for some").filter(number__startswith=home[6:9])
    return list(found.order_by("id")[:HOUSEHOLDS])


def _gets(asker: Any, paths: Sequence[str], asks: int = 1) -> list[Ask]:
    return [partial(_got, asker, path) for path in paths for _ in range(asks)]


def _got(asker: Any, path: str) -> None:
    _right(asker.get(path))


def _searches(words: Any) -> list[str]:
    return [f"/households/?q={word}" for word in sorted(filter(None, words))]


def _finds(names: Sequence[str]) -> list[Ask]:
    duty, said = client("county_duty"), {"reason": "a bench", "village": _village()}
    return [partial(_found, duty, {**said, "name": name}) for name in names]


def _found(duty: Any, said: dict[str, str]) -> None:
    _right(duty.post("/households/find/", said))


def _village() -> str:
    from mulian.core import packs  # noqa: PLC0415 -- needs Django
    from mulian.modules.households.seed.cast import demo_villages  # noqa: PLC0415 -- as above

    return demo_villages(packs.current())[0]


def _right(answer: Any) -> None:
    assert answer.status_code == 200, (answer.status_code, answer.content[:300])
