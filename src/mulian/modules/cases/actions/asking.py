"""Asking the level above for a decision: it joins the case, so that it can look before it decides."""

from __future__ import annotations

from datetime import datetime

from mulian.modules.cases.actions import opening, spreading, writing
from mulian.modules.cases.actions.gathering import sure_topic
from mulian.modules.cases.actions.opening import Opened
from mulian.modules.cases.domain import handing
from mulian.modules.cases.domain.receivers import Reason, Receiver, Standing, join, responsible
from mulian.modules.cases.queries import ground, holding


def ask_above(opened: Opened, at: datetime, *, kind: str, title: str, key: str) -> Receiver | None:
    """The next level above the responsible one where somebody is, now watching and told; None where nobody is."""
    case = opened.case
    near = opening.around(case, at, topic=sure_topic(case))
    for level in handing.levels_above(holding.level_of(case), near.orders):
        found = handing.receiver_at(
            level, case.area_id, near, standing=Standing.WATCHING, reason=Reason.ASKED
        )
        if found and found.key != responsible(opened.receivers).key:
            opened.receivers = join(opened.receivers, found)
            writing.change_receivers(case, opened.receivers, ground.roster(at), at)
            spreading.notify(case, [found.person], kind=kind, title=title, key=key, at=at)
            return found
    return None
