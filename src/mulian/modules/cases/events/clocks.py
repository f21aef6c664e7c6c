"""Facts about clocks: pauses, attempts, extensions, supervision, new plans."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.kernel.event import Event
from mulian.modules.cases.events.case import AboutCase


@dataclass(frozen=True, kw_only=True)
class PauseDecided(AboutCase):
    """Somebody above agreed to a longer wait, or did not; it ends at `until`."""

    name = "cases.pause_decided"
    personal = frozenset({"text"})
    granted: bool
    until: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class PauseEnded(AboutCase):
    """A wait was over by itself; clocks run again since `ended`."""

    name = "cases.pause_ended"
    ended: str


@dataclass(frozen=True, kw_only=True)
class ContactTried(AboutCase):
    """A call, a visit or a try. `reached`: the family was spoken to; of work: it helped. `level`: whose it was."""

    name = "cases.contact_tried"
    personal = frozenset({"text"})
    how: str
    reached: bool
    level: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class InterimAnswered(AboutCase):
    """The family was told how things stand, before it is solved."""

    name = "cases.interim_answered"
    personal = frozenset({"text"})
    text: str = ""
    voices: int = 0


@dataclass(frozen=True, kw_only=True)
class ExtensionAsked(AboutCase):
    """The responsible one asks for more time, with a reason, before the promise expires."""

    name = "cases.extension_asked"
    personal = frozenset({"text"})
    promise: str
    days: int
    due: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ExtensionDecided(AboutCase):
    """Somebody else above granted it, or did not; `due` is what holds now."""

    name = "cases.extension_decided"
    personal = frozenset({"text"})
    promise: str
    granted: bool
    due: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class SupervisionDemanded(AboutCase):
    """A leader demands a reply by a day; a further round when the last reply did not satisfy."""

    name = "cases.supervision_demanded"
    personal = frozenset({"text"})
    leader: str
    round: int
    due: str
    text: str


@dataclass(frozen=True, kw_only=True)
class SupervisionReplied(AboutCase):
    """The responsible one replied."""

    name = "cases.supervision_replied"
    personal = frozenset({"text"})
    round: int
    text: str


@dataclass(frozen=True, kw_only=True)
class SupervisionAccepted(AboutCase):
    """The leader accepted the reply; the supervision is over."""

    name = "cases.supervision_accepted"
    personal = frozenset({"text"})
    round: int
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class ReplanningAsked(Event):
    """All running promises shall be counted by this version of the county's policy."""

    name = "cases.replanning_asked"
    subject_kind = "replanning"
    policy: str
    before: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class PromisesReplanned(Event):
    """One part of a replanning: what moved, as [case, kind, due before, due now].

    Before empty: newly owed, or owed again. Now empty: owed no more.
    """

    name = "cases.promises_replanned"
    subject_kind = "replanning"
    policy: str
    promises: int
    moved: list[list[str]]
