"""The administrator keeps the words interpreters are shown."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from mulian.core.access import scope
from mulian.core.events.log import append
from mulian.core.packs.writing import FINAL_MARK, TIBETAN
from mulian.kernel.actor import Actor
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem, register
from mulian.kernel.refused import refused_in
from mulian.modules.cases.events import TermDropped, TermKept
from mulian.modules.cases.models import GlossaryTerm
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.glossary import terms
from mulian.modules.cases.queries.rules import rules

BOTH_WORDS = register(
    "cases.both_words",
    422,
    "A term needs its Chinese and its Tibetan word.",
    "Write both, each in its own script.",
)
REFUSED_WORD = register(
    "cases.refused_word",
    422,
    "Mulian keeps no such word.",
    "The README says which words no county may keep, and why.",
)
KNOWN_TERM = register(
    "cases.known_term",
    422,
    "This pair of words stands in the glossary already.",
    "Change the one that is there.",
)
_NAMES = UUID("0d5c5b6e-5a0f-5b7a-9d0e-5f4d7c1b9a34")
"""Root of the ids of changed pack terms: one row for one code, whoever is first."""


@transaction.atomic
def keep(*, code: str, zh: str, bo: str, note: str, actor: Actor, at: datetime) -> GlossaryTerm:
    """Adds a word (no code), or changes the one of this code. Raises `cases.both_words`, `cases.refused_word`,
    `cases.known_term`, `not_found`.
    """
    scope.require_any(actor, Permission.GLOSSARY)
    zh, bo, note = _clean(zh), FINAL_MARK.sub("", _clean(bo)), _clean(note)
    if not zh or not TIBETAN.search(bo) or TIBETAN.search(zh):
        raise Problem(BOTH_WORDS)
    if any(refused_in(each) for each in (zh, bo, note)):
        raise Problem(REFUSED_WORD)
    if any((each.zh, each.bo) == (zh, bo) and each.code != code for each in terms()):
        raise Problem(KNOWN_TERM)
    row = _row(code) if code else GlossaryTerm(id=uuid7(at), code=f"own-{uuid7(at).hex[-12:]}")
    row.zh, row.bo, row.note, row.dropped = zh[:60], bo[:120], note[:200], False
    row.changed_by_id, row.changed_at = actor.person, at
    row.save()
    event = TermKept(subject_id=row.id, code=row.code, zh=row.zh, bo=row.bo, note=row.note)
    append(event, actor=actor, at=at, areas=[rules().county])
    return row


@transaction.atomic
def drop(*, code: str, actor: Actor, at: datetime) -> None:
    """Takes a word out; the pack's comes back when it is kept again. Raises `not_found`."""
    scope.require_any(actor, Permission.GLOSSARY)
    row = _row(code)
    row.dropped, row.changed_by_id, row.changed_at = True, actor.person, at
    row.save()
    append(TermDropped(subject_id=row.id, code=code), actor=actor, at=at, areas=[rules().county])


def _row(code: str) -> GlossaryTerm:
    """The row of a code; of a pack's word nobody has changed yet a fresh one."""
    found = GlossaryTerm.objects.select_for_update().filter(code=code).first()
    if found is not None:
        return found
    of_pack = next((each for each in rules().terms if each.code == code), None)
    if of_pack is None:
        raise Problem("not_found")
    return GlossaryTerm(id=uuid5(_NAMES, code), code=code, zh=of_pack.zh, bo=of_pack.bo, note=of_pack.note)


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
