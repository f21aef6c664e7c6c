"""A case's life as stretches: how long it stood unchanged, in whose hands, in which state.

A stretch begins with the fact that changed something and ends with the next that does. What has ended is never
written again: a case that is opened again, moved or joined later gets new stretches, and whatever was counted up to
a moment is counted the same for ever. The fold below is the only place where facts become stretches; the handler
and `mulian insight rebuild` both use it, so that both write the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

REPORTED = "cases.reported"
SOLVED = "cases.solved"
REOPENED = "cases.reopened"
CONTACT = "cases.contact_tried"
OVERDUE = "cases.promise_overdue"
REVIEWED = "cases.outcome_reviewed"
SPOKE = frozenset({"call", "visit"})
"""Ways of contact that are contact; a try of the work itself is none."""
NOT_OURS = frozenset({"supervise", "feedback"})
"""Promises of the leader's own clock and of the family: late there is not late work."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One event of a case, as far as figures need it. `pos`: its place in the log."""

    id: UUID
    pos: int
    name: str
    occurred: datetime
    recorded: datetime
    data: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How a case stands. `contacted`, `proof`, `done` and `overdue` are kept beside what the event says.

    `overdue`: a promise ran out in these hands. `proof`: "seen" (photo or voice), "said" (words only), "" unsolved.
    `done`: what was planned instead of solved has been done.
    """

    state: str
    unit: UUID | None
    level: str
    area: str
    topic: str
    kind: str
    urgent: bool
    outcome: str
    joined: bool
    complaint: bool
    contacted: bool = False
    overdue: bool = False
    proof: str = ""
    done: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """One row. `id` and `pos` are of the fact that began it; `until` is None while it lasts.

    `received`: when the server took the report in, by which the case belongs to a day, week and month for ever;
    `spoken`: when the family said it (the phone's word). `because` and `ended_because`: who or what did it.
    """

    id: UUID
    case: UUID
    number: int
    pos: int
    received: datetime
    spoken: datetime
    since: datetime
    standing: Standing
    began: str
    because: str = ""
    until: datetime | None = None
    ended: str = ""
    ended_because: str = ""


def fold(case: UUID, facts: Iterable[Fact], last: Stretch | None = None) -> Iterator[Stretch]:
    """The stretches that begin with `facts` (in the log's order), after `last`, which comes first once it ends.

    The last one answered has no end yet. Facts already seen change nothing. A case whose report is not in the log
    with its standing (from before ADR 0035) has no stretches.
    """
    open_one = last
    for fact in facts:
        if open_one is not None and fact.pos <= open_one.pos:
            continue
        before = open_one.standing if open_one else None
        after = _after(before, fact)
        if after is None or after == before:
            continue
        if open_one is not None:
            yield _ended(open_one, fact)
        open_one = _begun(case, open_one, fact, after)
    if open_one is not None and open_one is not last:
        yield open_one


def _after(before: Standing | None, fact: Fact) -> Standing | None:
    said = fact.data.get("stands")
    if before is None and (fact.name != REPORTED or not said):
        return None
    now = _said(said, before) if said else before
    assert now is not None
    if before is not None and now.unit != before.unit:
        now = replace(now, overdue=False)
    return _marked(now, fact)


def _said(said: Mapping[str, Any], before: Standing | None) -> Standing:
    kept = before or Standing(**_values(said))
    return replace(kept, **_values(said))


def _values(said: Mapping[str, Any]) -> dict[str, Any]:
    return {**said, "unit": UUID(said["unit"]) if said["unit"] else None}


def _marked(now: Standing, fact: Fact) -> Standing:
    """What single facts say beside the standing."""
    data = fact.data
    if fact.name == CONTACT and data["reached"] and data["how"] in SPOKE:
        return replace(now, contacted=True)
    if fact.name == OVERDUE and data["promise"] not in NOT_OURS:
        return replace(now, overdue=True)
    if fact.name == SOLVED:
        seen = bool(data.get("photos") or data.get("voices"))
        return replace(now, proof="seen" if seen else "said", done=False)
    if fact.name == REOPENED:
        return replace(now, proof="", done=False)
    if fact.name == REVIEWED and data["done"]:
        return replace(now, done=True)
    return now


def _ended(open_one: Stretch, fact: Fact) -> Stretch:
    because = str(fact.data.get("because", ""))
    return replace(open_one, until=fact.recorded, ended=fact.name, ended_because=because)


def _begun(case: UUID, before: Stretch | None, fact: Fact, standing: Standing) -> Stretch:
    return Stretch(
        id=fact.id,
        case=case,
        number=before.number + 1 if before else 1,
        pos=fact.pos,
        received=before.received if before else fact.recorded,
        spoken=before.spoken if before else fact.occurred,
        since=fact.recorded,
        standing=standing,
        began=fact.name,
        because=str(fact.data.get("because", "")),
    )
