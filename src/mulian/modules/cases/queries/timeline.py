"""A case's events as sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from mulian.core.access.models import Person
from mulian.core.events.queries import Fact
from mulian.core.events.queries import timeline as facts
from mulian.core.packs import said
from mulian.core.ui.filters import moment as written
from mulian.kernel.actor import SYSTEM
from mulian.modules.cases.queries.names import Names, names_for
from mulian.modules.cases.queries.words import OUTCOMES, PROMISES, REASONS, URGENT_BECAUSE

SENTENCES: Mapping[str, str] = {
    "cases.reported": _("Reported"),
    "cases.added": _("Something was added"),
    "cases.topic_confirmed": _("Topic set: %(topic)s"),
    "cases.topic_suggested": _("Topic %(topic)s suggested by model %(model)s at %(certainty)s"),
    "cases.place_set": _("Place set: %(area)s"),
    "cases.rerouted": _("New receivers: %(receivers)s"),
    "cases.household_followed": _("The family moved; whoever serves it now sees this too"),
    "cases.urgency_raised": _("Marked urgent"),
    "cases.urgency_lowered": _("No longer urgent"),
    "cases.taken": _("The case was taken on"),
    "cases.started": _("Work began"),
    "cases.waiting": _("Waiting"),
    "cases.solved": _("Solved"),
    "cases.answered": _("Answered"),
    "cases.closed": _("The case is closed"),
    "cases.reopened": _("The case was opened again"),
    "cases.returned": _("Returned; now with %(unit)s"),
    "cases.passed_up": _("Passed up to %(unit)s"),
    "cases.transferred": _("Transferred to %(unit)s"),
    "cases.urged": _("Urged"),
    "cases.reported_up": _("The result was reported up to %(receivers)s"),
    "cases.promise_near": _("Reminder: %(promise)s is due soon"),
    "cases.promise_overdue": _("Overdue: %(promise)s; joined by %(receivers)s"),
    "cases.disputed": _("Said to be nobody's; %(unit)s decides"),
    "cases.assigned": _("The county decided: it is for %(unit)s"),
    "cases.joined": _("Joined to case %(other)s"),
    "cases.took_in": _("Case %(other)s was joined to it"),
    "cases.parted": _("Taken apart from case %(other)s"),
    "cases.joined_moved": _("The case it was joined to went on"),
    "cases.outcome_entered": _("Entered into the register: %(outcome)s; in charge is %(person)s"),
    "cases.problem_banked": _("Stands in a campaign's bank of problems; in charge is %(person)s"),
    "cases.problem_charged": _("In charge of it in the campaign is %(person)s"),
    "cases.outcome_reviewed": _("What becomes of it was looked at"),
    "cases.outcome_review_due": _("To be looked at again today"),
    "cases.whistled": _("Called in: %(receivers)s"),
    "cases.part_reported_in": _("%(unit)s reported in"),
    "cases.part_answered": _("%(unit)s answered its part"),
    "cases.part_let_go": _("It goes on without %(unit)s"),
    "cases.part_due": _("Reminder about the part of %(unit)s"),
    "cases.pause_ended": _("The wait was over; the clock runs again"),
    "cases.interim_answered": _("The family was told how things stand"),
    "cases.extension_asked": _("Asked for more days: %(days)s"),
    "cases.supervision_demanded": _("Supervised; a reply is demanded by %(due)s"),
    "cases.supervision_replied": _("Replied to the supervision"),
    "cases.supervision_accepted": _("The reply was accepted; the supervision is over"),
    "cases.service_opened": _("Service opened: %(service_name)s"),
    "cases.steward_asked": _("Asked at the public page who serves the family"),
    "cases.feedback_heard": _("The family's voice was written down"),
    "cases.voice_claimed": _("A listener took the voice"),
    "cases.voice_transcribed": _("The voice was written down"),
    "cases.voice_handed_over": _("The voice went to the next listener"),
    "cases.transcript_suggested": _("A machine drafted what the voice says, for the listener"),
    "cases.transcript_corrected": _("What was written down was put right"),
    "cases.translation_asked": _("A translation was asked for"),
    "cases.translation_claimed": _("An interpreter took the text"),
    "cases.translation_released": _("The text went back to the interpreters"),
    "cases.translation_written": _("Translated"),
    "cases.translation_suggested": _("A machine drafted a translation, for the interpreter"),
    "cases.handed_elsewhere": _("Handed to %(system)s; its number there: %(number)s"),
    "cases.heard_from_elsewhere": _("%(system)s says: %(status)s"),
}
ELSEWHERE: Mapping[str, str] = {"open": _("still open"), "closed": _("closed"), "refused": _("refused")}
DECIDED: Mapping[tuple[str, bool], str] = {
    ("cases.extension_decided", True): _("More time was granted; due %(due)s"),
    ("cases.extension_decided", False): _("More time was not granted"),
    ("cases.pause_decided", True): _("The longer wait was approved; it ends %(until)s"),
    ("cases.pause_decided", False): _("The longer wait was not approved; it ends %(until)s"),
}
STEP_TAKEN: Mapping[bool, str] = {
    True: _("Step done: %(step)s"),
    False: _("Step not done after all: %(step)s"),
}
PAPER_MOVED: Mapping[str, str] = {
    "needed": _("Paper missing: %(paper)s"),
    "ready": _("Paper ready: %(paper)s"),
    "carried": _("Paper taken along: %(paper)s"),
    "handed_over": _("Paper handed over to %(unit)s: %(paper)s"),
    "back": _("Paper back with the family: %(paper)s"),
}
LOOKED_AT: Mapping[bool, str] = {
    True: _("A voice or picture arrived"),
    False: _("A voice or picture arrived that cannot be played or seen"),
}
WAITING_UNTIL = _("Waiting until %(until)s")
REACHED: Mapping[tuple[str, bool], str] = {
    ("call", True): _("The family was reached by telephone"),
    ("call", False): _("Called; the family was not reached"),
    ("visit", True): _("The family was visited"),
    ("visit", False): _("Visited; nobody was met"),
    ("work", False): _("Tried in vain"),
}
FAMILY_SAYS: Mapping[bool | None, str] = {
    True: _("The family says: solved"),
    False: _("The family says: not solved"),
    None: _("The family answered by voice"),
}
HEARD_AS: Mapping[bool | None, str] = {
    True: _("Heard: the family says it is solved"),
    False: _("Heard: the family says it is not solved"),
}
RESUMED = _("Work goes on")
URGENT_REPORT = _("Urgent report")
CLOSED_BECAUSE: Mapping[str, str] = {
    "family": _("Closed: the family is content"),
    "quiet": _("Closed after seven quiet days"),
    "test": _("Closed: it was a test"),
    "cancelled": _("Closed: withdrawn"),
}
SOLVED_AT = _("Solved; recorded %(metres)s m from the place")
VETO = _("Opened again: the family says it is not solved")
TOPIC_AT_LEVEL = _("Topic %(topic)s (level %(level)s) suggested by model %(model)s at %(certainty)s")
OVERDUE_ALONE = _("Overdue: %(promise)s")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line: when, what kind of event, who (empty: Mulian itself), the sentence, and what was said."""

    at: datetime
    event: str
    title: str
    actor: str
    text: str
    occurred_at: datetime


def entries(case: UUID, language: str) -> list[Entry]:
    """The whole history, oldest first; the caller has checked the case's scope."""
    found = facts("case", case)
    people = Person.objects.in_bulk({f.event.actor for f in found} - {SYSTEM.person})
    names = names_for(_mentioned(found), language)
    return [_entry(fact, names, people) for fact in found]


def _entry(fact: Fact, names: Names, people: Mapping[UUID, Person]) -> Entry:
    row = fact.event
    person = people.get(row.actor)
    return Entry(
        at=row.recorded_at,
        event=row.name,
        title=_title(row.name, fact.values, names),
        actor=person.name if person else "",
        text=_solved(fact.values) if row.name == "cases.solved" else _text(fact.values),
        occurred_at=row.occurred_at,
    )


def _title(name: str, values: Mapping[str, Any], names: Names) -> str:
    if name == "cases.feedback_given":
        return gettext(FAMILY_SAYS[values.get("solved")])
    if name == "cases.feedback_heard" and values.get("solved") in HEARD_AS:
        return gettext(HEARD_AS[values["solved"]])
    if name == "cases.reported" and values.get("urgent"):
        return gettext(URGENT_REPORT)
    if name == "cases.started" and values.get("before") == "waiting":
        return gettext(RESUMED)
    if name == "cases.closed" and values.get("because") in CLOSED_BECAUSE:
        return gettext(CLOSED_BECAUSE[values["because"]])
    if name == "cases.solved" and values.get("metres") is not None:
        return gettext(SOLVED_AT) % _params(values, names)
    if name == "cases.reopened" and values.get("because") == "family":
        return gettext(VETO)
    if name in ("cases.extension_decided", "cases.pause_decided"):
        return gettext(DECIDED[name, bool(values.get("granted"))]) % _params(values, names)
    if name == "cases.paper_moved":
        return gettext(PAPER_MOVED[values["paper_state"]]) % _params(values, names)
    if name == "cases.service_step":
        return gettext(STEP_TAKEN[bool(values.get("done"))]) % _params(values, names)
    if name == "cases.content_decided":
        return gettext(LOOKED_AT[bool(values.get("ready"))])
    if name == "cases.contact_tried":
        return gettext(REACHED[values["how"], bool(values["reached"])])
    if name == "cases.waiting" and values.get("until"):
        return gettext(WAITING_UNTIL) % _params(values, names)
    if name == "cases.promise_overdue" and not values.get("receivers"):
        return gettext(OVERDUE_ALONE) % {"promise": _promise(values)}
    if name == "cases.topic_suggested" and values.get("level"):
        return gettext(TOPIC_AT_LEVEL) % _params(values, names)
    template = SENTENCES.get(name)
    return gettext(template) % _params(values, names) if template else name


def _params(values: Mapping[str, Any], names: Names) -> dict[str, str]:
    return {
        "topic": names.topic(values.get("topic") or ""),
        "area": names.area(values.get("area") or ""),
        "unit": names.unit(values.get("unit")) or names.person(values.get("person")),
        "promise": _promise(values),
        "days": str(values.get("days", "")),
        "metres": str(values.get("metres", "")),
        "due": _moment(values.get("due")),
        "until": _moment(values.get("until")),
        "level": str(values.get("level", "")),
        "model": str(values.get("model", "")),
        "certainty": f"{float(values.get('certainty') or 0):.2f}",
        "other": values.get("other", ""),
        "outcome": gettext(OUTCOMES.get(values.get("outcome", ""), "")),
        "person": names.person(values.get("person")),
        "service_name": _named(values.get("service_name"), names.language),
        "paper": _named(values.get("paper"), names.language),
        "step": _named(values.get("step"), names.language),
        "system": str(values.get("system", "")),
        "number": str(values.get("number") or "…"),
        "status": gettext(ELSEWHERE.get(str(values.get("status")), "")) or str(values.get("status", "")),
        "receivers": ", ".join(filter(None, (names.receiver(each) for each in values.get("receivers", ())))),
    }


def _named(value: Any, language: str) -> str:
    """A name kept in every language; a step of the ladder is a word of ours and is not shown."""
    return said(value, language) if isinstance(value, Mapping) else ""


def _moment(value: Any) -> str:
    """A time of an event as the page's language writes it."""
    return written(datetime.fromisoformat(value)) if isinstance(value, str) and value else ""


def _promise(values: Mapping[str, Any]) -> str:
    return gettext(PROMISES.get(values.get("promise", ""), ""))


def _solved(values: Mapping[str, Any]) -> str:
    """What was done, then why it was shown from afar or with something open."""
    return "\n".join(str(values[name]) for name in ("text", "reason") if values.get(name))


def _text(values: Mapping[str, Any]) -> str:
    """What was said with it, in the words it was said in."""
    said = values.get("text") or values.get("reason") or values.get("transcript") or ""
    reason = values.get("reason", "")
    if reason in REASONS:
        said = values.get("text", "")
    because = str(values.get("urgent_because"))
    return str(said) or (gettext(URGENT_BECAUSE[because]) if because in URGENT_BECAUSE else "")


def _mentioned(found: list[Fact]) -> list[Mapping[str, Any]]:
    flat: list[Mapping[str, Any]] = []
    for fact in found:
        flat += [fact.values, *fact.values.get("receivers", ())]
    return flat
