"""Tables of cases. Workflow lives in `actions`; rules in `domain`."""

from mulian.modules.cases.models.asking import Extension, Supervision, Urging
from mulian.modules.cases.models.attempts import Attempt
from mulian.modules.cases.models.campaign import BankEntry, Campaign
from mulian.modules.cases.models.case import NO_COMPLAINT, Case
from mulian.modules.cases.models.classifying import Sorter
from mulian.modules.cases.models.clocks import LadderStep, Pause, Promise
from mulian.modules.cases.models.figures import PublishedFigure, PublishedMonth
from mulian.modules.cases.models.following_code import FollowingCode
from mulian.modules.cases.models.held import HeldReport
from mulian.modules.cases.models.letters import Letter
from mulian.modules.cases.models.listening import ListeningItem
from mulian.modules.cases.models.mass import MassEvent, MassReport
from mulian.modules.cases.models.merging import Merge
from mulian.modules.cases.models.outcome import Outcome
from mulian.modules.cases.models.part import Part
from mulian.modules.cases.models.policies import PolicyVersion, Replanning
from mulian.modules.cases.models.receiver import Receiver
from mulian.modules.cases.models.service import Service, ServicePaper, ServiceStep
from mulian.modules.cases.models.service_list import ListedFamily, ServiceList
from mulian.modules.cases.models.translation import GlossaryTerm, Segment, Translation

__all__ = [
    "NO_COMPLAINT",
    "Attempt",
    "BankEntry",
    "Campaign",
    "Case",
    "Extension",
    "FollowingCode",
    "GlossaryTerm",
    "HeldReport",
    "LadderStep",
    "Letter",
    "ListedFamily",
    "ListeningItem",
    "MassEvent",
    "MassReport",
    "Merge",
    "Outcome",
    "Part",
    "Pause",
    "PolicyVersion",
    "Promise",
    "PublishedFigure",
    "PublishedMonth",
    "Receiver",
    "Replanning",
    "Segment",
    "Service",
    "ServiceList",
    "ServicePaper",
    "ServiceStep",
    "Sorter",
    "Supervision",
    "Translation",
    "Urging",
]
