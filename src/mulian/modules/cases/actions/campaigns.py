"""Begins and ends campaigns, fills their banks, and puts leaders in charge of single problems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mulian.core.access import placing, scope
from mulian.core.access.models import Placement
from mulian.core.areas.codes import within
from mulian.core.areas.models import Area
from mulian.core.areas.queries import subtree
from mulian.core.events.log import append
from mulian.kernel.actor import Actor, Role
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import opening, spreading, writing
from mulian.modules.cases.actions.said import content
from mulian.modules.cases.domain import campaigns as rule
from mulian.modules.cases.domain import refusals
from mulian.modules.cases.domain.campaigns import How
from mulian.modules.cases.events import CampaignBegun, CampaignEnded, ProblemBanked, ProblemCharged
from mulian.modules.cases.models import BankEntry, Campaign, Case
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import ground
from mulian.modules.cases.queries.campaigns import sums
from mulian.modules.cases.queries.rules import rules

KIND = "campaign"
LOOKERS = (Role.LIAISON, Role.GRID_HEAD, Role.VILLAGE_LEAD, Role.TOWNSHIP_OFFICER)


@transaction.atomic
def begin(
    *, id: UUID, name: str, area: str, classes: Sequence[str], lookers: Iterable[str], starts_on: date,
    ends_on: date, leader: UUID, actor: Actor, at: datetime,
) -> Campaign:  # fmt: skip
    """A sweep of an area the actor answers for. Raises `cases.campaign_days`, `cases.campaign_classes`,
    `cases.leader_needed`, `not_found` for an area out of reach.
    """
    scope.require_area(actor, Permission.CAMPAIGN, area)
    today, at_hand = at.astimezone(CN).date(), rules()
    rule.check_begun(classes=classes, topics=at_hand.topics, starts=starts_on, ends=ends_on, today=today)
    _check_leader(leader, at)
    row = Campaign.unscoped.because("made here").create(
        id=id,
        name=name.strip()[:80],
        area_id=area,
        classes=list(dict.fromkeys(classes)),
        lookers=[role.value for role in LOOKERS if role in set(lookers)],
        starts_on=starts_on,
        ends_on=ends_on,
        leader_id=leader,
        made_by_id=opening.named(actor),
        made_at=at,
    )
    codes = _everywhere(area)
    places = [placing.Place(code, Placement.As.HANDLING) for code in codes]
    places += _departments(area, row.classes, at)
    placing.place_new(kind=KIND, placed={id: places}, at=at)
    event = CampaignBegun(
        subject_id=id, area=area, classes=row.classes, starts_on=str(starts_on), ends_on=str(ends_on),
        leader=str(leader),
    )  # fmt: skip
    append(event, actor=actor, at=at, areas=[area], feeds=spreading.area_feeds(codes), rev=row.rev)
    return row


@transaction.atomic
def find(*, case: UUID, campaign: UUID, actor: Actor, at: datetime) -> BankEntry:
    """What somebody on the ground reported for the campaign goes into its bank."""
    return _bank(case, campaign, How.FOUND, Permission.REPORT, actor, at)


@transaction.atomic
def adopt(*, case: UUID, campaign: UUID, actor: Actor, at: datetime) -> BankEntry:
    """A case that was there already goes into the bank."""
    return _bank(case, campaign, How.ADOPTED, Permission.CAMPAIGN, actor, at)


@transaction.atomic
def charge(
    *, case: UUID, leader: UUID, target_on: date, matter: str, actor: Actor, at: datetime
) -> BankEntry:  # fmt: skip
    """Who is in charge of one problem, until when, and which class it is. The new leader is told."""
    row = opening.open_case(case, actor=actor, permission=Permission.CAMPAIGN, at=at).case
    entry = (
        BankEntry.objects.select_for_update(of=("self",)).select_related("campaign").filter(case=case).first()
    )
    if entry is None:
        raise Problem("not_found")
    _running(entry.campaign)
    scope.require_area(actor, Permission.CAMPAIGN, entry.campaign.area_id)
    _check_leader(leader, at)
    rule.check_target(target_on, at.astimezone(CN).date())
    if matter and matter not in entry.campaign.classes:
        raise Problem(refusals.CAMPAIGN_CLASSES)
    entry.leader_id, entry.target_on, entry.matter = leader, target_on, matter
    entry.save()
    event = ProblemCharged(subject_id=case, matter=matter, person=str(leader), target_on=str(target_on))
    id = writing.record(row, event, actor=actor, at=at)
    _tell(row, leader, f"charged:{id}", at)
    return entry


@transaction.atomic
def end(*, campaign: UUID, text: str, actor: Actor, at: datetime) -> Campaign:
    """It is over; what stands in the bank goes on as cases. `text` is the report's own words."""
    row = _locked(campaign, actor, at)
    _running(row)
    scope.require_area(actor, Permission.CAMPAIGN, row.area_id)
    row.ended_at, row.ended_by_id, row.report = at, opening.named(actor), content(text=text).text
    row.rev += 1
    row.save()
    found = sums(row, at).all
    event = CampaignEnded(
        subject_id=row.id, found=found.found, stands={k.value: n for k, n in found.stands.items()}
    )
    feeds = spreading.area_feeds(_everywhere(row.area_id))
    append(event, actor=actor, at=at, areas=[row.area_id], feeds=feeds, rev=row.rev)
    return row


def _bank(case: UUID, campaign: UUID, how: How, permission: str, actor: Actor, at: datetime) -> BankEntry:
    row = opening.open_case(case, actor=actor, permission=permission, at=at).case
    into = _locked(campaign, actor, at)
    _running(into)
    entry = BankEntry.objects.filter(case=case).first()
    if entry is not None and entry.campaign_id == campaign:
        return entry
    if entry is not None or row.complaint or row.same_as_id or not within(row.area_id, into.area_id):
        raise Problem(refusals.CAMPAIGN_CASE)
    entry = BankEntry.objects.create(
        case=row,
        campaign=into,
        matter=rule.matter(row.topic, into.classes, rules().topics),
        leader_id=into.leader_id,
        target_on=into.ends_on,
        how=how,
        added_at=at,
        added_by_id=opening.named(actor),
    )
    event = ProblemBanked(
        subject_id=row.id, campaign=str(campaign), matter=entry.matter, how=how.value,
        person=str(into.leader_id), target_on=str(into.ends_on),
    )  # fmt: skip
    writing.record(row, event, actor=actor, at=at)
    return entry


def _locked(campaign: UUID, actor: Actor, at: datetime) -> Campaign:
    scope.require(actor, Permission.VIEW, kind=KIND, id=campaign, at=at)
    rows = Campaign.unscoped.because("checked one line above").select_for_update()
    return rows.get(id=campaign)


def _running(row: Campaign) -> None:
    if row.ended_at is not None:
        raise Problem(refusals.CAMPAIGN_OVER)


def _check_leader(leader: UUID, at: datetime) -> None:
    if leader not in {o.person for o in ground.roster(at).officers if o.role is Role.LEADER}:
        raise Problem(refusals.LEADER_NEEDED)


def _everywhere(area: str) -> list[str]:
    """The area and every part of it, so that whoever serves one sees the campaign."""
    return list(Area.objects.filter(subtree(area), valid_to__isnull=True).values_list("code", flat=True))


def _departments(area: str, classes: Sequence[str], at: datetime) -> list[placing.Place]:
    """The departments competent for a class there see it from its first day."""
    held, topics = ground.roster(at), rules().topics
    return [
        placing.Place(area, Placement.As.DEPARTMENT, held.ids[unit], topic)
        for each in classes
        for unit in topics.departments(each, area)
        if unit in held.ids
        for topic in ("", each)
    ]


def _tell(case: Case, leader: UUID, key: str, at: datetime) -> None:
    title = "You are in charge of case %(number)s in a campaign"
    spreading.notify(case, [leader], kind="campaign", title=title, key=key, at=at, urgent=False)
