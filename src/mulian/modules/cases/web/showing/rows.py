"""Rows of lists: a case with its clock, why it is mine, its first words or its voice; three statements a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext

from mulian.core.areas.queries import place_names
from mulian.core.files.queries import Attached, attached_to
from mulian.kernel.actor import Actor
from mulian.modules.cases.models import Case, Promise, Receiver
from mulian.modules.cases.queries.marks import marks
from mulian.modules.cases.queries.names import topic_name
from mulian.modules.cases.queries.next_action import next_action
from mulian.modules.cases.queries.words import VERBS, WHY_ME, promise_name
from mulian.modules.cases.web.showing import looks
from mulian.modules.cases.web.showing.choices import language
from mulian.modules.cases.web.showing.looks import Look

FIRST_WORDS = 90
"""Characters of a report shown in a list."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a list. `voice` is the first recording where nobody has written words yet."""

    case: Case
    words: str
    voice: Attached | None
    topic: str
    place: str
    state: Look
    clock: dict[str, object] | None
    why: str
    verb: str | None
    verb_words: str
    marks: list[Look]


def rows(cases: Sequence[Case], actor: Actor, at: datetime) -> list[Row]:
    """The rows of one page, in the page's language."""
    ids = [case.id for case in cases]
    clocks, reasons, marked = (
        _clocks({case.id: case.kind for case in cases}),
        _reasons(ids, actor),
        marks(ids),
    )
    places = place_names((case.area_id for case in cases), language())
    media = attached_to(subject_kind="case", subject_ids=[c.id for c in cases if looks.is_voice_only(c)])
    verbs = {case.id: next_action(case, actor, at).verb for case in cases}
    return [
        Row(
            case=case,
            words=first_words(case.text),
            voice=_voice(media.get(case.id, [])),
            topic=topic_name(case.topic, language()) if case.topic else "",
            place=places[case.area_id],
            state=looks.state(case.state),
            clock=clocks.get(case.id),
            why=reasons.get(case.id, ""),
            verb=(verb := verbs[case.id]),
            verb_words=gettext(VERBS[verb]) if verb else "",
            marks=[looks.mark(each) for each in marked.get(case.id, ())],
        )
        for case in cases
    ]


def first_words(text: str) -> str:
    """The beginning of a text in one line, cut after a syllable, never inside one."""
    line = " ".join(text.split())
    if len(line) <= FIRST_WORDS:
        return line
    cut = max(line.rfind(mark, 0, FIRST_WORDS) for mark in (" ", "་", "。", "，", "、"))
    return f"{line[: cut + 1 if cut > FIRST_WORDS // 2 else FIRST_WORDS].rstrip()}…"


def _clocks(kinds: Mapping[UUID, str]) -> dict[UUID, dict[str, object]]:
    """The clock that is due first, of each case that has one running or standing still."""
    living = (Promise.State.RUNNING, Promise.State.PAUSED)
    found = Promise.objects.filter(case__in=kinds, state__in=living).order_by("-due")
    return {
        each.case_id: {
            "title": promise_name(each.kind, kinds[each.case_id]),
            "start": each.start,
            "due": each.due,
            "met": None,
            "state": each.state,
        }
        for each in found
        if each.case_id
    }


def _reasons(ids: list[UUID], actor: Actor) -> dict[UUID, str]:
    """Why the actor has each case: as the named person before as one of the office."""
    mine = Q(person=actor.person) | Q(unit__in=list(actor.units))
    held = Receiver.objects.filter(mine, case__in=ids, until__isnull=True).order_by("id")
    by_office = [each for each in held if each.person_id != actor.person]
    by_name = [each for each in held if each.person_id == actor.person]
    return {each.case_id: gettext(WHY_ME[each.reason]) for each in [*by_office, *by_name]}


def _voice(media: list[Attached]) -> Attached | None:
    return next((each for each in media if each.role == "report_voice"), None)
