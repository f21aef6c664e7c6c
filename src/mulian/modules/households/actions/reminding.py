"""Help plans whose day has come: the people of the village are told, and after two weeks the township."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_noop as N_  # noqa: N812

from mulian.core.notify.actions import tell
from mulian.kernel.actor import Role
from mulian.kernel.clock import CN
from mulian.modules.households.actions.urging import leads
from mulian.modules.households.queries import KIND, liaisons_of, whereabouts
from mulian.modules.households.queries.helping import holding, timed

NOTICE = "households.help"
TITLES = {
    0: N_("Help plans to look at today: %(number)s"),
    14: N_("Help plans two weeks late: %(number)s"),
}
"""By how many days after its day has come."""
CAUGHT_UP = 3
"""Days a server may have been off; nobody is told twice of one day."""


def remind_due(now: datetime) -> int:
    """Sweep: one notice a village and day, with a number and no name; returns how many notices were due."""
    today = now.astimezone(CN).date()
    days = [today - timedelta(days=back) for back in range(CAUGHT_UP)]
    return sum(_remind(day, after, now) for day in days for after in TITLES)


def _remind(day: date, after: int, now: datetime) -> int:
    """Those whose day came `after` days before `day` and that wait still."""
    rows = timed(holding(day)).filter(next_on=day - timedelta(days=after))
    families = list(rows.values_list("need__household", flat=True))
    places = whereabouts(list(dict.fromkeys(families)), now)
    villages: Counter[str] = Counter()
    homes: dict[str, set[str]] = {}
    for family in families:
        home = places[family].residing or places[family].registered
        if home:
            villages[home[:12]] += 1
            homes.setdefault(home[:12], set()).add(home)
    for village, count in sorted(villages.items()):
        persons = _told(village, homes[village], after, now)
        tell(
            persons=sorted(persons, key=str), kind=NOTICE, title=TITLES[after], params={"number": count},
            link="/households/plans/", subject_kind=KIND, subject_id=families[0], urgent=False,
            key=f"{NOTICE}:{village}:{day}:{after}", at=now,
        )  # fmt: skip
    return len(villages)


def _told(village: str, homes: set[str], after: int, now: datetime) -> set[UUID]:
    if after:
        return leads(village, now, (Role.TOWNSHIP_OFFICER,))
    return leads(village, now) | {liaison.person for liaison in liaisons_of(homes, now)}
