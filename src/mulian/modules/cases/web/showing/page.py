"""Everything the page of one case shows, put together for its templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from mulian.core.access import scope
from mulian.core.areas.queries import place_names
from mulian.core.files.queries import Attached
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions.gathering import sure_topic
from mulian.modules.cases.domain.states import UNSOLVED, State
from mulian.modules.cases.models import Case
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.asked import around
from mulian.modules.cases.queries.came_by import came_by
from mulian.modules.cases.queries.campaigns import entry_of
from mulian.modules.cases.queries.classifying import offered
from mulian.modules.cases.queries.detail import Detail, detail
from mulian.modules.cases.queries.names import topic_name
from mulian.modules.cases.queries.next_action import Next
from mulian.modules.cases.queries.offered import hazards_offered
from mulian.modules.cases.queries.outcomes import entry_for
from mulian.modules.cases.queries.timeline import Entry
from mulian.modules.cases.queries.words import KINDS, VERBS
from mulian.modules.cases.web.forms.steps import form_of
from mulian.modules.cases.web.showing import choices, looks, services
from mulian.modules.cases.web.showing.interpreting import around as translated
from mulian.modules.cases.web.showing.near import near
from mulian.modules.cases.web.showing.offered import offered as offered_by

FULL = 100
"""Per cent."""
MEDIA_TITLES: Mapping[str, str] = {
    "report": _("The report"),
    "evidence": _("What was done"),
    "answer": _("The answer"),
    "feedback": _("The family's word"),
}


@dataclass(frozen=True)
class Suggestion:
    """A topic the words point to; `percent` is how sure that is (None for the runner-up)."""

    code: str
    name: str
    percent: int | None


@dataclass(frozen=True)
class Media:
    """Voices and photos of one moment of the case."""

    title: str
    voices: list[Attached]
    photos: list[Attached]


def page(id: UUID, actor: Actor, at: datetime) -> dict[str, Any]:
    """The context of the page. Raises `not_found` for a case the actor may not know of."""
    found = detail(id, actor, at, choices.language())
    if found is None:
        raise Problem("not_found")
    case = found.case
    offers = around(case, actor, at, choices.language())
    return {
        "detail": found,
        "case": case,
        "now": at,
        "came_by": came_by(case.door),
        "state": looks.state(case.state),
        "place_name": place_names([case.area_id], choices.language())[case.area_id],
        "kind": gettext(KINDS[case.kind]) if case.kind != "problem" else "",
        "hazard": dict(hazards_offered(choices.language())).get(case.hazard, ""),
        "receivers": [(each, looks.standing(each.standing, each.standing_words)) for each in found.receivers],
        "parts": [(each, looks.part(each.state, each.state_words)) for each in found.parts],
        "my_part": next((each for each in found.parts if each.mine), None),
        "outcome": entry_for(case, actor, at, choices.language()) if case.outcome else None,
        "banked": entry_of(id),
        "service": services.panel(case, actor),
        "may_review": scope.permitted(actor, Permission.WORK),
        "history": [_line(entry) for entry in found.timeline],
        "media": _media(found.media),
        "near": near(case),
        **translated(case, found.listening, actor),
        "suggestions": suggestions(case) if found.next.sort else [],
        "topics": choices.topics() if found.next.sort else [],
        **_certainty(case),
        **_next(found.next.verb, case, at),
        "others": others(found.next) + _named(offers.offers, without=offers.wanted),
        "around": offers,
        "wanted": [
            (verb, words, form_of(verb, None, case, at)) for verb, words in _named(offers.wanted, without=())
        ],
        "cancel": may_cancel(found),
        "offers": [] if case.complaint else offered_by("case", id, actor),
        "may_add": scope.permitted(actor, Permission.REPORT),
    }


def _next(verb: str | None, case: Case, at: datetime) -> dict[str, Any]:
    """The one next action, with its form."""
    if verb is None:
        return {"verb": None, "next_words": "", "next_form": None}
    return {"verb": verb, "next_words": gettext(VERBS[verb]), "next_form": form_of(verb, None, case, at)}


def _certainty(case: Case) -> dict[str, Any]:
    """How well the topic is known."""
    return {
        "topic_known": bool(sure_topic(case)),
        "topic_sure": case.topic_by == Case.TopicBy.PERSON,
        "percent": round((case.topic_confidence or 0) * FULL),
    }


def others(next: Next) -> list[tuple[str, str]]:
    """(verb, words) of the legal steps that are not the next one, for the quiet menu."""
    found = [verb for verb in next.verbs if verb != next.verb]
    more = ["settle"] if "solve" in next.verbs else []
    return [(verb, gettext(VERBS[verb])) for verb in [*found, *more]]


def _named(verbs: Iterable[str], *, without: Iterable[str]) -> list[tuple[str, str]]:
    hidden = set(without)
    return [(verb, gettext(VERBS[verb])) for verb in verbs if verb not in hidden]


def may_cancel(found: Detail) -> bool:
    """Whether the page offers to close a test or a withdrawn report; the action decides."""
    return found.next.sort and bool(found.next.verbs) and State(found.case.state) in UNSOLVED


def suggestions(case: Case) -> list[Suggestion]:
    """The two best topics for what was said, without the one a person has set."""
    set_by_hand = case.topic if case.topic_by == Case.TopicBy.PERSON else None
    return [
        Suggestion(code, topic_name(code, choices.language()), None if sure is None else round(sure * FULL))
        for code, sure in offered(case)
        if code != set_by_hand
    ]


def _line(entry: Entry) -> dict[str, object]:
    tone, icon = looks.event(entry.event)
    actor = entry.actor or gettext("Mulian")
    return {
        "at": entry.at,
        "title": entry.title,
        "actor": actor,
        "text": entry.text,
        "tone": tone,
        "icon": icon,
    }


def _media(attached: Iterable[Attached]) -> list[Media]:
    """By moment, in the order of a case's life; a moment without any is left out."""
    found = list(attached)
    moments = [(_part(found, key), gettext(title)) for key, title in MEDIA_TITLES.items()]
    return [
        Media(
            title,
            [each for each in part if not _is_photo(each)],
            [each for each in part if _is_photo(each)],
        )
        for part, title in moments
        if part
    ]


def _part(found: list[Attached], key: str) -> list[Attached]:
    return [each for each in found if each.role.partition("_")[0] == key]


def _is_photo(each: Attached) -> bool:
    """By what it is; before it has arrived, by the role it was announced in."""
    return each.mime.startswith("image/") if each.mime else each.role.endswith("_photo")
