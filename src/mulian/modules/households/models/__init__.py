"""Tables of the register. Rules live in `domain`, writes in `actions`."""

from mulian.modules.households.models.care import HelpPlan, Need
from mulian.modules.households.models.households import Camp, Household, Member, Move, Qualification
from mulian.modules.households.models.items import Item, Telling
from mulian.modules.households.models.lives import Belonging, LifeEvent
from mulian.modules.households.models.papers import Document

__all__ = [
    "Belonging",
    "Camp",
    "Document",
    "HelpPlan",
    "Household",
    "Item",
    "LifeEvent",
    "Member",
    "Move",
    "Need",
    "Qualification",
    "Telling",
]
