"""Facts about cases. Words that people said are personal: they are stored apart and can be erased by law."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mulian.kernel.event import Event

Told = list[dict[str, Any]]
"""Receivers as {"unit", "area", "person", "standing", "reason"}: unit codes, area codes, person ids."""


@dataclass(frozen=True, kw_only=True)
class AboutCase(Event):
    """`stands`: how the case stands after the fact (state, who is responsible, place, topic …), for figures.

    Written with every fact that may move it, so that what happened can be counted from the log alone (ADR 0035).
    """

    subject_kind = "case"
    stands: dict[str, Any] | None = None

    def data(self) -> dict[str, Any]:
        """Without `stands` where nothing of it can have moved."""
        found = super().data()
        return found if self.stands is not None else {k: v for k, v in found.items() if k != "stands"}


@dataclass(frozen=True, kw_only=True)
class CaseReported(AboutCase):
    """A report came in and was routed in the same transaction; `gaps` are units where nobody could take it."""

    name = "cases.reported"
    number: str
    door: str
    kind: str
    urgent: bool
    urgent_because: str | None
    hazard: str
    topic: str
    topic_confidence: float | None
    area: str
    place_basis: str
    receivers: Told
    gaps: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class CaseAdded(AboutCase):
    """Something was added: words, voices or photos."""

    name = "cases.added"
    personal = frozenset({"text"})
    text: str = ""
    voices: int = 0
    photos: int = 0


@dataclass(frozen=True, kw_only=True)
class TopicConfirmed(AboutCase):
    """A person says what it is about; `before` is what stood there."""

    name = "cases.topic_confirmed"
    topic: str
    before: str


@dataclass(frozen=True, kw_only=True)
class PlaceSet(AboutCase):
    """A person says where it is; receivers follow, earlier ones stay informed."""

    name = "cases.place_set"
    area: str
    before: str
    receivers: Told


@dataclass(frozen=True, kw_only=True)
class Rerouted(AboutCase):
    """Receivers changed because the topic did."""

    name = "cases.rerouted"
    receivers: Told


@dataclass(frozen=True, kw_only=True)
class HouseholdFollowed(AboutCase):
    """The family it is for moved; whoever serves it now sees the case too. `cause` is the move's event."""

    name = "cases.household_followed"
    cause: str


@dataclass(frozen=True, kw_only=True)
class ContentDecided(AboutCase):
    """A voice or picture of it was looked at: it may be played and seen, or it is not what it must be."""

    name = "cases.content_decided"
    ready: bool


@dataclass(frozen=True, kw_only=True)
class UrgencyRaised(AboutCase):
    """The case is urgent from now on."""

    name = "cases.urgency_raised"
    personal = frozenset({"reason"})
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class UrgencyLowered(AboutCase):
    """A person took the urgent mark away and said why."""

    name = "cases.urgency_lowered"
    personal = frozenset({"reason"})
    reason: str


@dataclass(frozen=True, kw_only=True)
class _Step(AboutCase):
    """A step of the case's life: the state before and after, and what was said with it."""

    personal = frozenset({"text"})
    before: str
    state: str
    text: str = ""
    voices: int = 0
    photos: int = 0


@dataclass(frozen=True, kw_only=True)
class CaseTaken(_Step):
    """Somebody works on it."""

    name = "cases.taken"


@dataclass(frozen=True, kw_only=True)
class CaseStarted(_Step):
    """Work began, or goes on after waiting."""

    name = "cases.started"


@dataclass(frozen=True, kw_only=True)
class CaseWaiting(_Step):
    """Work waits for something; its clock stands still until then. `code`: the pack's reason."""

    name = "cases.waiting"
    code: str = ""
    until: str | None = None
    asked_until: str | None = None


@dataclass(frozen=True, kw_only=True)
class CaseSolved(_Step):
    """The work is done; evidence is attached or said, made so many `metres` from the place where both are known.

    `reason`: why it was made far away, or why it goes on with something still open.
    """

    name = "cases.solved"
    personal = frozenset({"text", "reason"})
    metres: int | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseAnswered(_Step):
    """The family was answered."""

    name = "cases.answered"


@dataclass(frozen=True, kw_only=True)
class CaseClosed(_Step):
    """Nothing is owed any more (`because`: family, quiet, person, test, thanks)."""

    name = "cases.closed"
    because: str = "person"


@dataclass(frozen=True, kw_only=True)
class CaseReopened(_Step):
    """It was not solved after all; clocks run on from their first start."""

    name = "cases.reopened"
    because: str = "person"


@dataclass(frozen=True, kw_only=True)
class _Handed(_Step):
    """Another unit is responsible now."""

    unit: str | None
    person: str | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class CaseReturned(_Handed):
    """The responsible unit sent it back."""

    name = "cases.returned"


@dataclass(frozen=True, kw_only=True)
class CasePassedUp(_Handed):
    """The next level up is responsible now."""

    name = "cases.passed_up"


@dataclass(frozen=True, kw_only=True)
class CaseTransferred(_Handed):
    """A named unit is responsible now."""

    name = "cases.transferred"


@dataclass(frozen=True, kw_only=True)
class CaseUrged(AboutCase):
    """Somebody above urges the responsible one."""

    name = "cases.urged"
    personal = frozenset({"text"})
    person: str | None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportedUp(AboutCase):
    """What a level below solved is told to the levels above, once."""

    name = "cases.reported_up"
    receivers: Told


@dataclass(frozen=True, kw_only=True)
class PromiseNear(AboutCase):
    """A promise is near its end; the responsible one was reminded."""

    name = "cases.promise_near"
    promise: str
    due: str
    person: str | None


@dataclass(frozen=True, kw_only=True)
class PromiseOverdue(AboutCase):
    """A step of the ladder: somebody above joined because a promise is overdue (or an alarm was not taken)."""

    name = "cases.promise_overdue"
    promise: str
    step: str
    due: str
    receivers: Told


@dataclass(frozen=True, kw_only=True)
class VoiceClaimed(AboutCase):
    """A listener took the voice off the queue."""

    name = "cases.voice_claimed"


@dataclass(frozen=True, kw_only=True)
class VoiceTranscribed(AboutCase):
    """A listener typed what the voice says."""

    name = "cases.voice_transcribed"
    personal = frozenset({"transcript"})
    transcript: str


@dataclass(frozen=True, kw_only=True)
class VoiceHandedOver(AboutCase):
    """Nobody listened in time: the next one on the rota was asked (None: the county's duty officer)."""

    name = "cases.voice_handed_over"
    person: str | None
