"""English source strings of the codes shown to people; translated where they are shown."""

from __future__ import annotations

from mulian.modules.households.domain.camps import MoveKind, Season
from mulian.modules.households.domain.capacity import Load
from mulian.modules.households.domain.care import Consent
from mulian.modules.households.domain.catalogue import Of, Side, Source, Type
from mulian.modules.households.domain.lives import Life, Why
from mulian.modules.households.domain.members import Relation
from mulian.modules.households.domain.readings import Way


def gettext_noop(text: str) -> str:
    """Marks a source string for collection; rules know no Django."""
    return text


RELATIONS: dict[str, str] = {
    Relation.HEAD: gettext_noop("Household head"),
    Relation.SPOUSE: gettext_noop("Spouse"),
    Relation.CHILD: gettext_noop("Child"),
    Relation.CHILD_IN_LAW: gettext_noop("Child-in-law"),
    Relation.PARENT: gettext_noop("Parent"),
    Relation.GRANDPARENT: gettext_noop("Grandparent"),
    Relation.GRANDCHILD: gettext_noop("Grandchild"),
    Relation.SIBLING: gettext_noop("Sibling"),
    Relation.RELATIVE: gettext_noop("Other relative"),
    Relation.OTHER: gettext_noop("Other member"),
}
SEASONS: dict[str, str] = {
    Season.SPRING: gettext_noop("Spring camp"),
    Season.SUMMER: gettext_noop("Summer camp"),
    Season.AUTUMN: gettext_noop("Autumn camp"),
    Season.WINTER: gettext_noop("Winter camp"),
}
MOVES: dict[str, str] = {
    MoveKind.REGISTERED: gettext_noop("Registered in"),
    MoveKind.RESIDING: gettext_noop("Lives in"),
    MoveKind.CAMP: gettext_noop("Camp"),
}
LOADS: dict[str, str] = {
    Load.FITS: gettext_noop("Fits"),
    Load.MANY: gettext_noop("Too many households"),
    Load.FEW: gettext_noop("Few households"),
    Load.NOBODY: gettext_noop("No liaison"),
}
SOURCES: dict[str, str] = {
    Source.TOLD: gettext_noop("The family said so"),
    Source.SEEN: gettext_noop("Seen on the spot"),
    Source.PAPER: gettext_noop("Read in a paper"),
    Source.OFFICE: gettext_noop("Shared by a department"),
}
TYPES: dict[str, str] = {
    Type.COUNT: gettext_noop("How many"),
    Type.NUMBER: gettext_noop("A number"),
    Type.YES_NO: gettext_noop("Yes or no"),
    Type.CHOICE: gettext_noop("One of these"),
    Type.DATE: gettext_noop("A day"),
    Type.TEXT: gettext_noop("A few words"),
}
OF: dict[str, str] = {
    Of.HOUSEHOLD: gettext_noop("Of the household"),
    Of.MEMBER: gettext_noop("Of each member"),
    Of.CAMP: gettext_noop("Of each camp"),
}
CLASSES: dict[str, str] = {
    "S1": gettext_noop("Of the work, about nobody"),
    "S2": gettext_noop("Personal"),
    "S3": gettext_noop("Sensitive"),
}
OWNERS: dict[str, str] = {
    Side.REGISTERED: gettext_noop("The village it is registered in"),
    Side.RESIDING: gettext_noop("The liaison where it lives"),
}
CONSENTS: dict[str, str] = {
    Consent.SPOKEN: gettext_noop("By word of mouth"),
    Consent.WRITTEN: gettext_noop("In writing"),
    Consent.GUARDIAN: gettext_noop("By the one who cares for them"),
}
FACTS: dict[str, str] = {
    "households.registered": gettext_noop("Registered"),
    "households.changed": gettext_noop("Details changed"),
    "households.moved": gettext_noop("Moved"),
    "households.camp_opened": gettext_noop("Camp declared"),
    "households.closed": gettext_noop("Closed"),
    "households.member_came": gettext_noop("Somebody came"),
    "households.member_went": gettext_noop("Somebody left"),
    "households.split": gettext_noop("The household split"),
    "households.merged": gettext_noop("Went into another household"),
    "households.reopened": gettext_noop("Opened again"),
    "households.whereabouts_read": gettext_noop("Asked where the household was"),
    "households.life_taken_back": gettext_noop("Taken back, it was a mistake"),
    "households.slip_given": gettext_noop("Shown to the family"),
    "households.certificate_kept": gettext_noop("A paper was taken in"),
    "households.certificate_gone": gettext_noop("What was kept of a paper was deleted"),
    "households.paper_photographed": gettext_noop("A paper was photographed on a phone"),
    "households.paper_pictured": gettext_noop("The covered picture of a paper came from a phone"),
    "households.paper_dropped": gettext_noop("A picture from a phone was deleted"),
    "households.request_taken": gettext_noop("The family asked something of its record"),
    "households.request_urged": gettext_noop("The answer to the family was urged"),
    "households.request_decided": gettext_noop("What the family asked was decided"),
    "households.request_told": gettext_noop("The family was told the answer"),
    "households.record_erased": gettext_noop("Deleted, as the family asked"),
    "households.consent_withdrawn": gettext_noop("Consent was taken back"),
    "households.children_guarded": gettext_noop("What is sensitive of children left the phones"),
    "households.restricted": gettext_noop("Use of the record was restricted"),
    "households.restriction_lifted": gettext_noop("The restriction was lifted."),
}
LIVES: dict[str, str] = {
    Life.CAME: gettext_noop("Somebody came"),
    Life.WENT: gettext_noop("Somebody left"),
    Life.SPLIT: gettext_noop("The household split"),
    Life.MERGED: gettext_noop("Went into another household"),
    Life.CLOSED: gettext_noop("Closed"),
    Life.REOPENED: gettext_noop("Opened again"),
}
WHYS: dict[str, str] = {
    Why.BIRTH: gettext_noop("Born"),
    Why.MARRIED_IN: gettext_noop("Married in"),
    Why.MOVED_IN: gettext_noop("Moved in"),
    Why.JOINED: gettext_noop("Came, nobody said why"),
    Why.DEATH: gettext_noop("Died"),
    Why.MARRIED_OUT: gettext_noop("Married out"),
    Why.MOVED_OUT: gettext_noop("Moved out"),
    Why.LEFT: gettext_noop("Left, nobody said why"),
}
WAYS: dict[str, str] = {
    Way.PAGE: gettext_noop("Opened the page of the household"),
    Way.HISTORY: gettext_noop("Looked at its history"),
    Way.FOUND: gettext_noop("Found it by a search"),
    Way.WHERE: gettext_noop("Asked where the household was"),
    Way.TABLE: gettext_noop("Took it in a table"),
    Way.LIST: gettext_noop("Read it in a list of a department"),
    Way.SLIP: gettext_noop("Showed it to the family"),
    Way.PAPER: gettext_noop("Opened the picture of a paper"),
    Way.CASE: gettext_noop("Opened a case of the family"),
    Way.HELP: gettext_noop("Read it in the list of help plans"),
}
