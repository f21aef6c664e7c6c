"""What a submission says of itself: which form, which version, its own name, what it replaces, whom it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from mulian.gateways.openrosa.domain.reading import Element
from mulian.gateways.openrosa.domain.refusals import ENCRYPTED, UNREADABLE
from mulian.kernel.problems import Problem

SUBJECT = "mulian_subject"
"""The question that Collect gets at publishing: which of my families, members or camps this is about."""
LISTS = {"households": "household", "members": "member", "camps": "camp", "institutions": "institution"}
"""Entity list → what one of its entities is to us."""
LONGEST_NAME = 120


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """`instance` is the program's name of this submission, `deprecated` of the one it replaces.

    `digest` is the SHA-256 of the XML as sent: the same name with another digest is another submission.
    """

    form: str
    version: str
    instance: str
    deprecated: str
    digest: str
    subject: tuple[str, UUID] | None
    started: datetime | None
    ended: datetime | None


def envelope(root: Element, xml: bytes, *, about: str = "") -> Envelope:
    """Raises `openrosa.encrypted`, `openrosa.unreadable` (no form named). `about`: what the form speaks of."""
    if root.attributes.get("encrypted", "").lower() == "yes":
        raise Problem(ENCRYPTED)
    form = root.attributes.get("id", "").strip() or root.space
    if not form:
        raise Problem(UNREADABLE)
    digest = sha256(xml).hexdigest()
    meta = root.child("meta") or Element("meta")
    return Envelope(
        form=form,
        version=root.attributes.get("version", "").strip(),
        instance=_name(
            meta.said("instanceID") or root.attributes.get("instanceID", "") or f"sha256:{digest}"
        ),
        deprecated=_name(meta.said("deprecatedID")),
        digest=digest,
        subject=_subject(root, meta, about),
        started=_moment(root.said("mulian_start") or root.said("start")),
        ended=_moment(root.said("mulian_end") or root.said("end")),
    )


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise Problem(UNREADABLE)
    return text.strip()


def _subject(root: Element, meta: Element, about: str) -> tuple[str, UUID] | None:
    """The chosen family or member; else the one entity the form was made for."""
    entity = meta.child("entity")
    if chosen := root.said(SUBJECT):
        found = about, chosen
    elif entity is not None:
        found = LISTS.get(entity.attributes.get("dataset", ""), ""), entity.attributes.get("id", "")
    else:
        return None
    try:
        return (found[0], UUID(found[1])) if found[0] else None
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    """A program's clock, with its offset; without one it says nothing."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
