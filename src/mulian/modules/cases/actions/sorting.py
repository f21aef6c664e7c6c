"""A person says what a case is about, where it is, and how urgent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import clocks, gathering, opening, spreading, writing
from mulian.modules.cases.actions.gathering import Spot
from mulian.modules.cases.actions.opening import Opened
from mulian.modules.cases.actions.problems import UNKNOWN_TOPIC
from mulian.modules.cases.actions.rerouting import route_again
from mulian.modules.cases.actions.said import content
from mulian.modules.cases.domain import hazards, refusals
from mulian.modules.cases.domain.receivers import Receiver
from mulian.modules.cases.domain.topics import Kind
from mulian.modules.cases.events import PlaceSet, TopicConfirmed, UrgencyLowered, UrgencyRaised
from mulian.modules.cases.models import Case
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import holding
from mulian.modules.cases.queries.rules import rules

_KEPT_KINDS = (Kind.TEST, Kind.CANCELLED, Kind.COMPLAINT, Kind.SERVICE)


@transaction.atomic
def correct_topic(*, case: UUID, topic: str, actor: Actor, at: datetime) -> Case:
    """The topic is this one; receivers and clocks follow. Empty is the suggested one, else `cases.unknown_topic`."""
    opened = _open(case, actor, at)
    new = put_topic(opened, topic or opened.case.topic, actor, at)
    _tell_new(opened, new, actor, at)
    return opened.case


@transaction.atomic
def set_place(
    *, case: UUID, areas: Sequence[str], actor: Actor, at: datetime, spot: Spot | None = None
) -> Case:
    """It is here (several places for an event across villages); new receivers come in, earlier stay informed."""
    opened = _open(case, actor, at)
    new = put_place(opened, areas, actor, at, spot)
    _tell_new(opened, new, actor, at)
    return opened.case


@transaction.atomic
def set_urgent(*, case: UUID, actor: Actor, at: datetime, reason: str = "") -> Case:
    """It is urgent from now on; the alarm clock starts now."""
    opened = _open(case, actor, at)
    raise_urgency(opened, actor, at, reason=content(text=reason).text)
    return opened.case


@transaction.atomic
def lower_urgent(*, case: UUID, actor: Actor, at: datetime, reason: str) -> Case:
    """It is not urgent after all; only a person may say so, with a reason."""
    opened, given = _open(case, actor, at), content(text=reason)
    row = opened.case
    if not row.urgent:
        return row
    row.urgent = hazards.change(was=True, becomes=False, by_person=True, reason=given.text)
    clocks.reassess(row, at)
    event = UrgencyLowered(subject_id=row.id, reason=given.text)
    writing.record(row, event, actor=actor, at=at, fields=("urgent",))
    return row


def put_topic(opened: Opened, topic: str, actor: Actor, at: datetime) -> list[Receiver]:
    """Inside an act: sets the topic as said by a person and routes again."""
    row, topics = opened.case, rules().topics
    if topic not in topics.by_code:
        raise Problem(UNKNOWN_TOPIC)
    before, row.topic = row.topic, topic
    row.topic_by, row.topic_confidence = Case.TopicBy.PERSON, 1.0
    if row.kind not in _KEPT_KINDS:
        row.kind = topics.kind(topic)
    new = route_again(opened, at)
    event = TopicConfirmed(subject_id=row.id, topic=topic, before=before)
    writing.record(row, event, actor=actor, at=at, fields=None)
    return new


def put_place(
    opened: Opened, areas: Sequence[str], actor: Actor, at: datetime, spot: Spot | None = None
) -> list[Receiver]:
    """Inside an act: sets the place as said by a person and routes again."""
    row, before = opened.case, opened.case.place
    row.place_chosen = [gathering.known_area(code) for code in dict.fromkeys(areas)]
    if not row.place_chosen:
        raise Problem("areas.unknown")
    if spot is not None:
        point = spot.point()
        row.lat, row.lon, row.accuracy, row.datum = point.lat, point.lon, spot.accuracy, spot.datum
    new = route_again(opened, at)
    event = PlaceSet(
        subject_id=row.id, area=row.place, before=before, receivers=holding.told(opened.receivers)
    )
    writing.record(row, event, actor=actor, at=at, fields=None)
    return new


def raise_urgency(opened: Opened, actor: Actor, at: datetime, *, reason: str = "") -> None:
    """Inside an act: marks it urgent, starts the alarm clock and tells everybody who has it."""
    row = opened.case
    if row.urgent:
        return
    row.urgent = True
    clocks.reassess(row, at)
    event = UrgencyRaised(subject_id=row.id, reason=reason)
    raised = writing.record(row, event, actor=actor, at=at, fields=("urgent",))
    title = "Case %(number)s is urgent"
    persons = [each.person for each in opened.receivers if each.person != actor.person]
    spreading.notify(row, persons, kind="urgent", title=title, key=f"urgent:{raised}", at=at)


def _open(case: UUID, actor: Actor, at: datetime) -> Opened:
    opened = opening.open_case(case, actor=actor, permission=Permission.SORT, at=at)
    if opened.case.same_as_id:
        raise Problem(refusals.JOINED)
    return opened


def _tell_new(opened: Opened, new: list[Receiver], actor: Actor, at: datetime) -> None:
    row = opened.case
    persons = [each.person for each in new if each.person != actor.person]
    title = "Urgent report %(number)s" if row.urgent else "New case %(number)s"
    spreading.notify(row, persons, kind="reported", title=title, key="reported", at=at)
