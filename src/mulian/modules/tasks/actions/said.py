"""What comes with a task, an answer or a visit: words, a voice, photos."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mulian.core.files.actions import attach
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.tasks.domain.refusals import TOO_LONG, TOO_MANY_PHOTOS

TEXT_LIMIT, PHOTO_LIMIT = 4000, 6


@dataclass(frozen=True, kw_only=True)
class Voice:
    """A recording by its SHA-256; the bytes may come later or earlier. `seconds` is the sender's word."""

    sha256: str
    seconds: float | None = None


@dataclass(frozen=True, kw_only=True)
class Said:
    """Words, a voice, photos (SHA-256 each), checked by `said`."""

    text: str = ""
    voice: Voice | None = None
    photos: tuple[str, ...] = ()

    @property
    def words(self) -> bool:
        return bool(self.text or self.voice)

    @property
    def media(self) -> tuple[str, ...]:
        return ((self.voice.sha256,) if self.voice else ()) + self.photos


def said(*, text: str = "", voice: Voice | None = None, photos: Iterable[str] = ()) -> Said:
    """Text ≤ 4,000 characters, at most six photos; raises the Problem that names what is wrong."""
    found = Said(text=text.replace("\x00", "").strip(), voice=voice, photos=tuple(dict.fromkeys(photos)))
    if len(found.text) > TEXT_LIMIT:
        raise Problem(TOO_LONG)
    if len(found.photos) > PHOTO_LIMIT:
        raise Problem(TOO_MANY_PHOTOS)
    return found


def keep(given: Said, *, kind: str, id: UUID, role: str, permission: str, actor: Actor, at: datetime) -> None:
    """Attaches voice and photos to a subject; whoever has `permission` on it may read them."""
    if given.media:
        attach(
            sha256s=given.media,
            subject_kind=kind,
            subject_id=id,
            role=role,
            at=at,
            by=actor,
            permission=permission,
        )
