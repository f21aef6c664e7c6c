"""Tells the register what a form's answers say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.modules.forms.domain.definition import About, Definition
from mulian.modules.forms.domain.facts import Told, told
from mulian.modules.forms.models import Submission
from mulian.modules.households import public as households


def tell_register(
    form: Definition, kept: Mapping[str, Any], row: Submission, *, actor: Actor, at: datetime
) -> int:
    """How many facts the register took; they hold as of the day the form was filled in."""
    if form.about == About.INSTITUTION and row.subject is not None:
        return _tell_premises(form, kept, row, row.subject, actor=actor, at=at)
    if row.household is None:
        return 0
    as_of = row.written_at.astimezone(CN).date()
    facts = [_fact(each, as_of) for each in told(form, kept, row.subject)]
    return households.tell_answers(
        household=row.household, facts=facts, actor=actor, at=at, written=row.written_at
    )


def _tell_premises(
    form: Definition,
    kept: Mapping[str, Any],
    row: Submission,
    institution: UUID,
    *,
    actor: Actor,
    at: datetime,
) -> int:
    facts = {each.code: each.value for each in told(form, kept, institution)}
    return households.tell_premises(
        institution=institution, told=facts, actor=actor, at=at, written=row.written_at
    )


def _fact(each: Told, as_of: Any) -> households.Fact:
    return households.Fact(
        code=each.code,
        value=each.value,
        member=each.whose if each.of == households.Of.MEMBER else None,
        camp=each.whose if each.of == households.Of.CAMP else None,
        as_of=as_of,
    )
