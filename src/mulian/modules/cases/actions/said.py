"""What comes with an act: words, voices and photos; checked once, attached to the case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mulian.core.files.actions import attach
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions.problems import TOO_LONG, TOO_MANY_PHOTOS
from mulian.modules.cases.actions.spreading import KIND
from mulian.modules.cases.domain.states import Said
from mulian.modules.cases.models import Case
from mulian.modules.cases.permissions import Permission

TEXT_LIMIT, PHOTO_LIMIT = 4000, 6


@dataclass(frozen=True, kw_only=True)
class Voice:
    """A recording by its SHA-256; the bytes may come later or earlier. `seconds` is the sender's word."""

    sha256: str
    seconds: float | None = None
    mime: str = ""


@dataclass(frozen=True, kw_only=True)
class Content:
    """Words, a voice, photos (SHA-256 each)."""

    text: str = ""
    voice: Voice | None = None
    photos: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text.strip() or self.voice or self.photos)


def content(*, text: str = "", voice: Voice | None = None, photos: Iterable[str] = ()) -> Content:
    """Checked: text ≤ 4,000 characters, at most six photos. Raises the Problem that names what is wrong."""
    found = Content(text=text.replace("\x00", "").strip(), voice=voice, photos=tuple(dict.fromkeys(photos)))
    if len(found.text) > TEXT_LIMIT:
        raise Problem(TOO_LONG)
    if len(found.photos) > PHOTO_LIMIT:
        raise Problem(TOO_MANY_PHOTOS)
    return found


def said(given: Content, *, reason: str = "", to: str | None = None) -> Said:
    """As the state machine checks it."""
    return Said(
        text=given.text,
        voices=1 if given.voice else 0,
        photos=len(given.photos),
        reason=reason,
        to=to,
    )


def keep(case: Case, given: Content, *, voice_as: str, photo_as: str, actor: Actor, at: datetime) -> None:
    """Attaches voice and photos to the case; who sees the case may read them."""
    for role, names in ((voice_as, [given.voice.sha256] if given.voice else []), (photo_as, given.photos)):
        if names:
            attach(
                sha256s=names,
                subject_kind=KIND,
                subject_id=case.id,
                role=role,
                at=at,
                by=actor,
                permission=Permission.VIEW,
            )
