"""Somebody came or left; and the household's history, as it was on any day."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from mulian.core.access import scope
from mulian.core.access.models import Person
from mulian.core.access.views import requires
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.households import actions, queries
from mulian.modules.households.actions import note_reading
from mulian.modules.households.domain.happening import EARLIEST
from mulian.modules.households.domain.lives import Life, Why
from mulian.modules.households.domain.members import MemberChange, Relation
from mulian.modules.households.domain.readings import Way
from mulian.modules.households.domain.titles import LIVES, RELATIONS, WHYS
from mulian.modules.households.models import Formerly, Household, LifeEvent, Member
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import lives
from mulian.modules.households.queries.spoken import spoken
from mulian.modules.households.web.life_forms import CameForm, WentForm
from mulian.modules.households.web.showing import SPOKEN, Shown
from mulian.modules.households.web.views.changing import METHODS, to_household
from mulian.modules.households.web.views.ledger import both_names
from mulian.modules.households.web.views.pages import form_page, found, refused


@requires(Permission.CHANGE)
@require_http_methods(METHODS)
def came(request: Any, id: UUID) -> HttpResponse:
    """Somebody was born, married in or moved in."""
    row = found(request, id, Permission.CHANGE)
    form = CameForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = dict(form.cleaned_data)
        why, on = Why(given.pop("why")), given.pop("on")
        try:
            actions.member_came(
                household=id, member=MemberChange(**given), why=why, on=on, actor=request.actor, at=request.at
            )
        except Problem as problem:
            refused(form, problem)
        else:
            return to_household(id)
    return form_page(request, form, gettext("Somebody came"), gettext("Save"), household=row)


@requires(Permission.CHANGE)
@require_http_methods(METHODS)
def went(request: Any, id: UUID, member: UUID) -> HttpResponse:
    """Somebody died, married out or moved out."""
    row = found(request, id, Permission.CHANGE)
    one = _ever(row, member)
    others = [m for m in row.members.all() if m.id != member]
    if one.gone_at is not None and request.method != "POST":
        raise Problem("households.went_already")
    heads = one.relation == Relation.HEAD and bool(others) and one.gone_at is None
    form = WentForm(request.POST if request.method == "POST" else None, others=others, heads=heads)
    if form.is_valid():
        given = form.cleaned_data
        head = UUID(given["head"]) if given.get("head") else None
        try:
            actions.member_went(
                household=id, member=member, why=Why(given["why"]), on=given["on"], head=head,
                actor=request.actor, at=request.at,
            )  # fmt: skip
        except Problem as problem:
            refused(form, problem)
        else:
            return to_household(id)
    title = gettext("%(name)s left") % {"name": both_names(one)["called"]}
    return form_page(request, form, title, gettext("Save"), household=row)


def _ever(row: Household, member: UUID) -> Member:
    """A member of the household, or of whom somebody else said meanwhile that they left: the form says so then."""
    rows = Member.unscoped.because("the household is in scope").filter(household=row, id=member)
    one = rows.first()
    if one is None:
        raise Problem("not_found")
    return one


@requires(Permission.VIEW)
@require_safe
def history(request: Any, id: UUID) -> HttpResponse:
    """What happened to the household, and as it was on a day: members and facts, never where it was.

    Where it was on an earlier day is answered only inside a case, a service or an incident.
    """
    row = found(request, id, Permission.VIEW)
    note_reading(households=[id], way=Way.HISTORY, actor=request.actor, at=request.at)
    today = request.at.astimezone(CN).date()
    day = _day(request.GET.get("on", ""), today)
    seats = lives.belonged([id], day)[id]
    heard = spoken(row, [seat.member for seat in seats], day)
    shown = Shown(row, request.actor, request.at, day=day, people=[seat.member for seat in seats])
    context = {
        "household": row,
        **both_names(row),
        "day": day,
        "today": today,
        "known": day >= row.created_at.astimezone(CN).date() or bool(seats and seats[0].since),
        "seats": [
            {
                "seat": s,
                "relation": gettext(RELATIONS[s.relation]),
                "speaks": s.member.id in heard.speakers,
                **both_names(s.member),
            }
            for s in seats
        ],
        "language": SPOKEN.get(heard.language, heard.language),
        "formerly": [_formerly(one) for one in heard.before],
        "register": [heading for heading in shown.groups() if heading.known],
        "lives": _lives(row, request),
    }
    return render(request, "households/life/history.html", context)


def _day(text: str, today: date) -> date:
    try:
        return max(EARLIEST, min(date.fromisoformat(text), today)) if text else today
    except ValueError:
        raise Problem("not_found") from None


def _lives(row: Household, request: Any) -> list[dict[str, Any]]:
    """What was told, the latest first; `may_take_back`: whoever could have told it."""
    told = lives.happened(row.id)
    people = Person.objects.in_bulk({event.by for event in told})
    may = {
        permission: scope.can(request.actor, permission, kind=queries.KIND, id=row.id, at=request.at)
        for permission in (Permission.CHANGE, Permission.REGISTER)
    }
    return [_life(event, row, people, may) for event in told]


def _life(
    event: LifeEvent, row: Household, people: dict[UUID, Person], may: dict[Permission, bool]
) -> dict[str, Any]:
    needed = Permission.CHANGE if event.kind in (Life.CAME, Life.WENT) else Permission.REGISTER
    mine = event.household_id == row.id
    return {
        "event": event,
        "title": _title(event, mine),
        "names": [] if event.kind == Life.CLOSED else _people(event),
        "other": (event.other if mine else event.household) if event.other_id else None,
        "by": people[event.by].name if event.by in people else gettext("Mulian"),
        "may_take_back": event.taken_back_at is None and mine and may[needed],
    }


def _formerly(one: Formerly) -> dict[str, Any]:
    """What was so until a moment: a language, or that somebody spoke for the household or did not."""
    if one.member is None:
        return {"what": SPOKEN.get(one.value, one.value), "until": one.until}
    spoke = (
        gettext("spoke for the household")
        if one.value == "yes"
        else gettext("did not speak for the household")
    )
    return {"what": spoke, "whose": both_names(one.member)["called"], "until": one.until}


def _people(event: LifeEvent) -> list[str]:
    """Whom it happened to; who heads the household since then is said by its members."""
    happened = [b for b in event.belongings.all() if not (event.kind == Life.WENT and b.relation)]
    return list(dict.fromkeys(both_names(b.member)["called"] for b in happened))


def _title(event: LifeEvent, mine: bool) -> str:
    if not mine:
        return (
            gettext("Took another household in")
            if event.kind == Life.MERGED
            else gettext("Split off another")
        )
    title = gettext(LIVES[event.kind])
    return f"{title} · {gettext(WHYS[event.why])}" if event.why else title
