"""Whom or what a page's answers are about, within the reader's reach; beyond it nobody is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from mulian.kernel.problems import Problem
from mulian.modules.forms.domain.definition import About
from mulian.modules.forms.domain.submission import Subject
from mulian.modules.forms.models import Submission
from mulian.modules.forms.web import asking
from mulian.modules.households import public as households

INSIDE = (About.MEMBER, About.CAMP)
"""What belongs to a family."""


@dataclass(frozen=True)
class Whom:
    """`household`: the family it is, or whose member or camp it is."""

    about: About
    id: UUID | None = None
    household: UUID | None = None

    @property
    def subject(self) -> Subject | None:
        return Subject(kind=self.about, id=self.id) if self.id else None

    @property
    def complete(self) -> bool:
        """Whether it is said whom it is about, where the form is about somebody."""
        return self.about == About.NONE or self.id is not None


def whom(request: Any, about: About) -> Whom:
    """As the page says. Raises `not_found` for what is out of reach."""
    one = _uuid(request, about) if about != About.NONE else None
    if one is not None:
        return found(about, one, request)
    home = _uuid(request, About.HOUSEHOLD)
    return Whom(about, household=_reached(home, request) if home else None)


def found(about: About, one: UUID, request: Any) -> Whom:
    """Raises `not_found` for what is out of reach."""
    if about == About.INSTITUTION:
        if households.premises(one, request.actor, request.at) is None:
            raise Problem("not_found")
        return Whom(about, one)
    home = households.holder(households.Of(about), one)
    return Whom(about, one, _reached(home, request))


def _reached(household: UUID | None, request: Any) -> UUID:
    if household is None or not households.may_see(household, request.actor, request.at):
        raise Problem("not_found")
    return household


def before(old: Submission) -> Whom:
    """Whom the earlier answers were about."""
    about = About(old.form.about)
    same = old.subject if old.subject_kind == about else None
    return Whom(about, same or (old.household if about == About.HOUSEHOLD else None), old.household)


def _uuid(request: Any, name: str) -> UUID | None:
    given = request.POST.get(name) or request.GET.get(name) or ""
    try:
        return UUID(given) if given else None
    except ValueError:
        raise Problem("not_found") from None


def called(whom: Whom, request: Any) -> str:
    """In the reader's language; a camp by its season too."""
    language = asking.language()
    if whom.about == About.INSTITUTION and whom.id:
        place = households.premises(whom.id, request.actor, request.at)
        return place.called(language) if place else ""
    home = households.brief([whom.household], request.actor, request.at) if whom.household else {}
    family = home[whom.household].called(language) if whom.household in home else ""
    if whom.household and whom.about == About.MEMBER:
        people = households.members(whom.household, request.actor, request.at)
        return next((each.called(language) for each in people if each.id == whom.id), family)
    if whom.household and whom.about == About.CAMP:
        all_camps = households.camps(whom.household, request.actor, request.at)
        return next((f"{camp_name(each)} · {family}" for each in all_camps if each.id == whom.id), family)
    return family


def camp_name(camp: households.Camp) -> str:
    """Its season and its name, else its place's."""
    season = gettext(households.SEASONS[camp.season]) if camp.season else ""
    name = camp.name(asking.language()) or (camp.area.name_bo if asking.language() == "bo" else "")
    return " · ".join(filter(None, (season, name or camp.area.name_zh)))


@dataclass(frozen=True)
class Choice:
    """One row of what a form can be about: an institution or family, or whose members or camps are chosen from."""

    number: str
    name: str
    beside: str = ""
    address: str = ""
    inside: list[Choice] = field(default_factory=list)


def choices(about: About, words: str, request: Any, family: UUID | None = None) -> list[Choice]:
    """What the words find in the reader's own duty: institutions always, families by number or name."""
    actor, at, language = request.actor, request.at, asking.language()
    if about == About.INSTITUTION:
        places = households.premises_of(actor, at, words=words)
        return [
            Choice("", each.called(language), f"{asking.said(each.kind)} · {_area(each.area)}",
                   f"institution={each.id}")
            for each in places
        ]  # fmt: skip
    if about == About.HOUSEHOLD:
        found = households.find(words, actor, at)
        return [Choice(each.number, *_both(each), f"household={each.id}") for each in found]
    return [_family(about, home, people, camps) for home, people, camps in _homes(words, request, family)]


def _homes(words: str, request: Any, family: UUID | None) -> list[Any]:
    if family is None:
        return list(households.people_and_camps(words, request.actor, request.at))
    home = households.brief([family], request.actor, request.at).get(family)
    people = households.members(family, request.actor, request.at)
    return [(home, people, households.camps(family, request.actor, request.at))] if home else []


def _family(about: About, home: Any, people: list[Any], camps: list[Any]) -> Choice:
    """A family with whom of it, or which camp of its, can be chosen."""
    if about == About.CAMP:
        inside = [Choice("", camp_name(each), "", f"camp={each.id}") for each in camps]
    else:
        inside = [
            Choice(str(each.birth_year or ""), *_both(each), f"member={each.id}") for each in people
        ]  # fmt: skip
    return Choice(home.number, *_both(home), inside=inside)


def _both(one: Any) -> tuple[str, str]:
    """A name in the reader's script, and in the other."""
    name = one.called(asking.language())
    other = next((each for each in (one.name, one.name_bo) if each and each != name), "")
    return name, other


def _area(area: Any) -> str:
    return (area.name_bo if asking.language() == "bo" else "") or area.name_zh
