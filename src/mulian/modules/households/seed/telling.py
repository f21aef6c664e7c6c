"""The rows of what the families of one village told, gathered and inserted together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from mulian.core.database.rows import insert_values
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.modules.households.domain.care import Consent
from mulian.modules.households.domain.catalogue import NeedKind, Source, months_after
from mulian.modules.households.models import Document, HelpPlan, Item, Need, Telling
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.seed.cast import seeded_id
from mulian.modules.households.seed.facts import Given, Visits, earlier, facts, visits, wanting

ITEM = ("household_id", "subject", "code", "amount", "word", "valid_from", "valid_to", "as_of", "telling_id")


@dataclass(frozen=True)
class Told:
    """A family as far as telling goes: ids of the household, its members and camps, years of birth."""

    household: UUID
    members: Sequence[UUID]
    births: Sequence[int]
    camps: Sequence[UUID]


@dataclass
class Tellings:
    """Gathers what families told; `write` inserts everything."""

    random: Random
    at: datetime
    items: list[tuple[Told, Visits, Given]] = field(default_factory=list)
    days: dict[UUID, Visits] = field(default_factory=dict)
    visits: dict[UUID, list[int]] = field(default_factory=dict)
    needs: list[Need] = field(default_factory=list)
    plans: list[HelpPlan] = field(default_factory=list)
    papers: list[Document] = field(default_factory=list)

    def add(self, family: Told, items: int = 0) -> None:
        """One family tells everything, at two visits; so many items in all, with what it had said before."""
        local = self.at.astimezone(CN)
        days = self.days[family.household] = visits(self.random, local.date())
        given = list(facts(self.random, catalogue(), family.births, len(family.camps), local.year))
        if items:
            given = given[-items:]
            given += earlier(self.random, catalogue(), given, items - len(given))
        self.items += [(family, days, one) for one in given]
        self.visits[family.household] = sorted({one.visit for one in given} | {0, 1})
        self._add_needs(family, days, local.year)
        self._add_papers(family, days, local.year)

    def write(self) -> None:
        """Inserts what was gathered: one telling a visit, narrow rows for the items."""
        tellings = {
            (household, visit): Telling(
                said_at=self._moment(days, visit), recorded_at=self._moment(days, visit), by=SYSTEM.person,
                source=Source.TOLD,
            )
            for household, days in self.days.items() for visit in self.visits[household]
        }  # fmt: skip
        Telling.objects.bulk_create(tellings.values(), batch_size=500)
        ids = {key: telling.pk for key, telling in tellings.items()}
        insert_values(Item, ITEM, [_row(*one, ids) for one in self.items])
        Need.unscoped.bulk_create(self.needs, batch_size=500)
        HelpPlan.unscoped.bulk_create(self.plans, batch_size=500)
        Document.unscoped.bulk_create(self.papers, batch_size=500)

    def _moment(self, days: Visits, visit: int) -> datetime:
        day = days.day(visit)
        return self.at - timedelta(days=(self.at.astimezone(CN).date() - day).days)

    def _add_needs(self, family: Told, days: Visits, year: int) -> None:
        for kind in catalogue().needs.values():
            for place in wanting(self.random, kind, family.births, year):
                member = None if place is None else family.members[place]
                self._add_need(family, days, kind, member)

    def _add_need(self, family: Told, days: Visits, kind: NeedKind, member: UUID | None) -> None:
        """The head of the family agreed; for themselves or, for another member, as who cares for them."""
        head = family.members[0]
        need = Need(
            id=seeded_id("need", f"{family.household}:{kind.code}:{member}"),
            household_id=family.household,
            member=member,
            code=kind.code,
            since=days.first,
            consent_on=days.first,
            consent_how=Consent.SPOKEN if member in (None, head) else Consent.GUARDIAN,
            consent_by=head,
            recorded_at=self._moment(days, 0),
            by=SYSTEM.person,
        )
        self.needs.append(need)
        review = months_after(days.second, kind.review_months)
        self.plans.append(
            HelpPlan(
                need=need, what=kind.purpose["zh"], who="村委会", due=months_after(days.second, 2),
                review_on=review, recorded_at=self._moment(days, 1), by=SYSTEM.person,
            )
        )  # fmt: skip

    def _add_papers(self, family: Told, days: Visits, year: int) -> None:
        for kind in catalogue().documents.values():
            for place in wanting(self.random, kind, family.births, year):
                member = None if place is None else family.members[place]
                ends = months_after(days.second, self.random.randint(1, 110))
                self.papers.append(
                    Document(
                        id=seeded_id("paper", f"{family.household}:{kind.code}:{member}"),
                        household_id=family.household, member=member, code=kind.code, held=True,
                        valid_to=ends if member else None, seen_on=days.second,
                        recorded_at=self._moment(days, 1), by=SYSTEM.person,
                    )
                )  # fmt: skip


def _row(family: Told, days: Visits, given: Given, tellings: dict[tuple[UUID, int], Any]) -> tuple[Any, ...]:
    subject = None
    if given.member is not None:
        subject = family.members[given.member]
    elif given.camp is not None:
        subject = family.camps[given.camp]
    since = days.day(given.visit)
    return (
        family.household, subject, given.code, given.kept.amount, given.kept.word, since,
        None if given.until is None else days.day(given.until), since, tellings[family.household, given.visit],
    )  # fmt: skip
