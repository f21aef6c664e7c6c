"""One case as a page or a program shows it: receivers with reasons, clocks, history, media, the next action."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language, gettext

from mulian.core.files.queries import Attached, attached
from mulian.kernel.actor import Actor
from mulian.modules.cases.models import Case, ListeningItem, Promise, Receiver
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import timeline
from mulian.modules.cases.queries.names import topic_name
from mulian.modules.cases.queries.next_action import Next, next_action
from mulian.modules.cases.queries.parts import PartView, part_views
from mulian.modules.cases.queries.timeline import Entry
from mulian.modules.cases.queries.words import BASES, REASONS, STANDINGS, WHY_ME, promise_name
from mulian.modules.households import public as households
from mulian.modules.households.public import Brief


@dataclass(frozen=True, kw_only=True)
class ReceiverView:
    """A receiver in words: `reason_words` for everybody who reads the list, `why_me` for the receiver."""

    unit: str
    unit_name: str
    area: str
    area_name: str
    person: UUID | None
    person_name: str
    role: str
    level: str
    standing: str
    standing_words: str
    reason: str
    reason_words: str
    why_me: str
    since: datetime


@dataclass(frozen=True, kw_only=True)
class PromiseView:
    """A clock. `state` is running, paused, met, missed, late (met after due) or cancelled.

    `moved_at`: when a changed policy last moved it; `moved_from`: when it was due before (None: it was not owed).
    """

    kind: str
    title: str
    policy: str
    start: datetime
    due: datetime
    met: datetime | None
    state: str
    paused: bool
    paused_words: str | None
    moved_at: datetime | None
    moved_from: datetime | None


@dataclass(frozen=True, kw_only=True)
class Detail:
    """Everything a case page needs, in the reader's language."""

    case: Case
    topic_name: str
    area_name: str
    place_words: str
    receivers: list[ReceiverView]
    responsible: ReceiverView | None
    mine: ReceiverView | None
    promises: list[PromiseView]
    timeline: list[Entry]
    media: list[Attached]
    household: Brief | None
    listening: ListeningItem | None
    next: Next
    parts: list[PartView]


def visible_case(id: UUID, actor: Actor, at: datetime) -> Case | None:
    """The case if the actor may see it."""
    rows = Case.objects.visible_to(actor, Permission.VIEW, at=at, among=[id])
    shown = ("same_as", "area", "reporter", "responsible_unit", "responsible_person", "about_unit")
    return rows.select_related(*shown).first()


def detail(id: UUID, actor: Actor, at: datetime, language: str | None = None) -> Detail | None:
    """One case in full, or None when it does not exist for the actor; a constant number of statements."""
    case = visible_case(id, actor, at)
    if case is None:
        return None
    words = language or get_language() or actor.language
    receivers = receiver_views(case, words)
    return Detail(
        case=case,
        topic_name=topic_name(case.topic, words) if case.topic else "",
        area_name=case.area.name(words),
        place_words=gettext(BASES.get(case.place_basis, "")) if case.place_basis else "",
        receivers=receivers,
        responsible=next((each for each in receivers if each.standing == "responsible"), None),
        mine=_mine(receivers, actor, case),
        promises=promise_views(case, at),
        timeline=timeline.entries(id, words),
        media=attached(subject_kind="case", subject_id=id),
        household=households.brief([case.household], actor, at).get(case.household)
        if case.household
        else None,
        listening=_listening(case),
        next=next_action(case, actor, at),
        parts=part_views(case, actor, at, words),
    )


def _listening(case: Case) -> ListeningItem | None:
    rows = ListeningItem.objects.filter(case=case, about=ListeningItem.About.REPORT)
    return rows.order_by("-created_at").first()


def receiver_views(case: Case, language: str) -> list[ReceiverView]:
    """Who has the case now, responsible first."""
    order = {standing: rank for rank, standing in enumerate(STANDINGS)}
    rows = Receiver.objects.filter(case=case, until__isnull=True).select_related("unit", "area", "person")
    views = [_receiver(row, language) for row in rows.order_by("id")]
    return sorted(views, key=lambda each: order.get(each.standing, 9))


def _receiver(row: Receiver, language: str) -> ReceiverView:
    return ReceiverView(
        unit=row.unit.code if row.unit else "",
        unit_name=row.unit.name(language) if row.unit else "",
        area=row.area_id,
        area_name=row.area.name(language),
        person=row.person_id,
        person_name=row.person.name if row.person else "",
        role=row.role,
        level=row.level,
        standing=row.standing,
        standing_words=gettext(STANDINGS[row.standing]),
        reason=row.reason,
        reason_words=gettext(REASONS[row.reason]),
        why_me=gettext(WHY_ME[row.reason]),
        since=row.since,
    )


def _mine(receivers: list[ReceiverView], actor: Actor, case: Case) -> ReceiverView | None:
    """Why I have it: as a person, else through my office (the responsible one)."""
    named = next((each for each in receivers if each.person == actor.person), None)
    if named is None and case.responsible_unit_id in actor.units:
        return next((each for each in receivers if each.standing == "responsible"), None)
    return named


def promise_views(case: Case, at: datetime) -> list[PromiseView]:
    """The case's clocks, in the order they started."""
    rows = Promise.objects.filter(case=case).order_by("start", "id")
    return [
        PromiseView(
            kind=row.kind,
            title=promise_name(row.kind, case.kind),
            policy=row.policy,
            start=row.start,
            due=row.due,
            met=row.met_at,
            state=_state(row, at),
            paused=row.state == Promise.State.PAUSED,
            paused_words=case.waiting_for or None if row.state == Promise.State.PAUSED else None,
            moved_at=row.moved_at,
            moved_from=row.moved_from,
        )
        for row in rows
    ]


def _state(row: Promise, at: datetime) -> str:
    """`late`: kept, but after its time; `missed`: its time is over and it is still owed."""
    if row.met_at:
        return "late" if row.met_at > row.due else "met"
    return "missed" if row.state == Promise.State.RUNNING and at >= row.due else row.state
