"""Facts about programs outside."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from mulian.kernel.event import Event


@dataclass(frozen=True, kw_only=True)
class KeyIssued(Event):
    """A program may hand requests in; the key itself is nowhere."""

    name = "open311.key_issued"
    subject_kind = "open311_key"
    owner: str
    per_hour: int


@dataclass(frozen=True, kw_only=True)
class KeyRevoked(Event):
    """It may not any more."""

    name = "open311.key_revoked"
    subject_kind = "open311_key"


@dataclass(frozen=True, kw_only=True)
class WordsReleased(Event):
    """A person let words, and perhaps a picture or voice, of a case out; empty: took them back."""

    name = "open311.words_released"
    subject_kind = "open311_case"
    personal = frozenset({"text"})
    text: str
    sha256: str


def system_subject(code: str) -> UUID:
    """The id under which the log keeps what concerns another system."""
    return uuid5(NAMESPACE_URL, f"mulian:open311:{code}")


@dataclass(frozen=True, kw_only=True)
class ServicesAskedFor(Event):
    """A person wants the newest list of what another system offers."""

    name = "open311.services_asked_for"
    subject_kind = "open311_system"
    system: str


@dataclass(frozen=True, kw_only=True)
class TopicMapped(Event):
    """A topic of ours is that service there; empty: they do not take it; None: what was said is taken back."""

    name = "open311.topic_mapped"
    subject_kind = "open311_system"
    system: str
    topic: str
    service: str | None
