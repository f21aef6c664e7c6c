"""Facts about campaigns and the problems in their banks."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.kernel.event import Event
from mulian.modules.cases.events.case import AboutCase


@dataclass(frozen=True, kw_only=True)
class _AboutCampaign(Event):
    subject_kind = "campaign"


@dataclass(frozen=True, kw_only=True)
class CampaignBegun(_AboutCampaign):
    """An area is swept from one day to another for some classes of problems; `leader` is in charge."""

    name = "cases.campaign_begun"
    area: str
    classes: list[str]
    starts_on: str
    ends_on: str
    leader: str


@dataclass(frozen=True, kw_only=True)
class CampaignEnded(_AboutCampaign):
    """It is over; `found` problems stand in its bank, `stands` says how many how."""

    name = "cases.campaign_ended"
    found: int
    stands: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class ProblemBanked(AboutCase):
    """The case stands in a campaign's bank from now on; `person` is the leader in charge."""

    name = "cases.problem_banked"
    campaign: str
    matter: str
    how: str
    person: str
    target_on: str


@dataclass(frozen=True, kw_only=True)
class ProblemCharged(AboutCase):
    """Another leader, class or day for a problem of a bank."""

    name = "cases.problem_charged"
    matter: str
    person: str
    target_on: str
