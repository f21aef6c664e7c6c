"""Tables of the register. Rules live in `domain`, writes in `actions`."""

from mulian.modules.households.models.care import HelpPlan, Need
from mulian.modules.households.models.certificates import Certificate, CertificatePicture
from mulian.modules.households.models.counted import Counted
from mulian.modules.households.models.dues import Due
from mulian.modules.households.models.exporting import Export
from mulian.modules.households.models.feeds import Feed
from mulian.modules.households.models.households import Camp, Household, Member, Move, Qualification
from mulian.modules.households.models.importing import Import, ImportLine, ImportMapping
from mulian.modules.households.models.institutions import Institution, SafetyCheck
from mulian.modules.households.models.items import Item, Telling
from mulian.modules.households.models.lives import Belonging, LifeEvent
from mulian.modules.households.models.papers import Document
from mulian.modules.households.models.phone_papers import PhonePaper
from mulian.modules.households.models.readings import Reading
from mulian.modules.households.models.requests import Request, Restriction
from mulian.modules.households.models.returns import Return, ReturnForm
from mulian.modules.households.models.spoken import Formerly

__all__ = [
    "Belonging",
    "Camp",
    "Certificate",
    "CertificatePicture",
    "Counted",
    "Document",
    "Due",
    "Export",
    "Feed",
    "Formerly",
    "HelpPlan",
    "Household",
    "Import",
    "ImportLine",
    "ImportMapping",
    "Institution",
    "Item",
    "LifeEvent",
    "Member",
    "Move",
    "Need",
    "PhonePaper",
    "Qualification",
    "Reading",
    "Request",
    "Restriction",
    "Return",
    "ReturnForm",
    "SafetyCheck",
    "Telling",
]
