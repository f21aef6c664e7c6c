"""What somebody without an account sees of the one report they hold the code of: never anybody's name."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from mulian.core.areas.queries import place_names
from mulian.core.files.queries import Attached, Media, attached, open_for
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.domain.feedback import Feedback, consequence
from mulian.modules.cases.domain.following_code import check, clean, code_of, digest_of, shown
from mulian.modules.cases.domain.states import State
from mulian.modules.cases.models import Case, FollowingCode, HeldReport
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.translations import answers_of
from mulian.modules.cases.queries.unheard import unheard


@dataclass(frozen=True, kw_only=True)
class Step:
    """A state the case entered, and when."""

    state: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Followed:
    """One report by its code. `held`: it is looked at first; `dropped`: put aside. `unit` is an office, no person."""

    code: str
    received_at: datetime
    held: bool = False
    dropped: bool = False
    number: str = ""
    state: str = ""
    steps: tuple[Step, ...] = ()
    unit: str = ""
    place: str = ""
    due: datetime | None = None
    answer: str = ""
    meant: str = ""
    voices: tuple[Attached, ...] = ()
    rated: bool | None = None
    unheard: bool = False
    may_rate: bool = False
    may_add: bool = False

    @property
    def shown(self) -> str:
        """The code as people read it."""
        return shown(self.code)


def key() -> bytes:
    """The key codes are made and hashed with: this server's own."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"mulian:following", "sha256")


def report_of(typed: str) -> UUID | None:
    """The report a code belongs to; None for a wrong one."""
    code = clean(typed)
    if not check(code):
        return None
    row = FollowingCode.objects.filter(digest=digest_of(code, key=key())).first()
    return row.report if row else None


def code_for(report: UUID) -> str | None:
    """The code of a report that was given one. For pages that have checked who asks."""
    return code_of(report, key=key()) if FollowingCode.objects.filter(report=report).exists() else None


def followed(actor: Actor, at: datetime, language: str) -> Followed | None:
    """The report the actor was lent, if it still is one."""
    report = actor.lent.subject if actor.lent else None
    code = code_for(report) if report else None
    if report is None or code is None:
        return None
    rows = Case.objects.visible_to(actor, Permission.VIEW, at=at, among=[report])
    case = rows.select_related("responsible_unit").first()
    return _case(case, code, language) if case else _waiting(report, code)


def _waiting(report: UUID, code: str) -> Followed:
    """No case yet: an officer looks at it first, or it is on its way through the worker."""
    row = HeldReport.objects.filter(id=report).first()
    received = row.received_at if row else FollowingCode.objects.get(report=report).created_at
    dropped = row is not None and row.state == HeldReport.State.DROPPED
    return Followed(code=code, received_at=received, held=not dropped, dropped=dropped)


def _case(case: Case, code: str, language: str) -> Followed:
    state = State(case.state)
    answered = [
        each for each in attached(subject_kind="case", subject_id=case.id) if each.role == "answer_voice"
    ]
    steps = [Step(state=s["state"], at=datetime.fromisoformat(s["at"])) for s in case.steps]
    return Followed(
        code=code,
        received_at=case.received_at,
        number=case.number,
        state=case.state,
        steps=tuple(steps),
        unit=case.responsible_unit.name(language) if case.responsible_unit else "",
        place=place_names([case.area_id], language)[case.area_id],
        due=case.next_due if state not in (State.SOLVED, State.ANSWERED, State.CLOSED) else None,
        answer=case.answer_text,
        meant=meant.text if (meant := answers_of([case]).get(case.id)) else "",
        voices=tuple(each for each in answered if each.state == "ready"),
        rated=case.family_solved,
        unheard=unheard(case.id),
        may_rate=consequence(Feedback(solved=False), state) is not None,
        may_add=state is not State.CLOSED,
    )


def answer_voice(actor: Actor, sha256: str, at: datetime, language: str) -> Media:
    """A voice of the answer, for whoever holds the code. Raises `not_found` for every other sound."""
    found = followed(actor, at, language)
    if found is None or sha256 not in {each.sha256 for each in found.voices}:
        raise Problem("not_found")
    return open_for(actor, sha256, at)
