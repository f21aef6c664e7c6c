"""English source strings of what a brought table is shown with; translated where they are shown."""

from __future__ import annotations


def gettext_noop(text: str) -> str:
    """Marks a source string for collection; rules know no Django."""
    return text


FIELDS: dict[str, str] = {
    "household.number": gettext_noop("Household number"),
    "household.name": gettext_noop("Name of the household head"),
    "household.name_bo": gettext_noop("Head's name in Tibetan"),
    "household.phone": gettext_noop("Telephone of the household"),
    "household.language": gettext_noop("Language of the household"),
    "household.village": gettext_noop("Village it is registered in"),
    "household.grid": gettext_noop("Grid area it lives in"),
    "member.name": gettext_noop("Member's name"),
    "member.name_bo": gettext_noop("Member's name in Tibetan"),
    "member.birth_year": gettext_noop("Member's year of birth"),
    "member.relation": gettext_noop("Relation to the head"),
    "member.phone": gettext_noop("Member's telephone"),
}
TABLE_STATES: dict[str, str] = {
    "mapping": gettext_noop("What do the columns mean?"),
    "comparing": gettext_noop("Being compared"),
    "looking": gettext_noop("To be looked at"),
    "applying": gettext_noop("Being taken over"),
    "done": gettext_noop("Taken over"),
    "undoing": gettext_noop("Being taken back"),
    "undone": gettext_noop("Taken back"),
    "discarded": gettext_noop("Put away"),
}
FAMILY_STATES: dict[str, str] = {
    "new": gettext_noop("New"),
    "changed": gettext_noop("Changed"),
    "known": gettext_noop("Nothing new"),
    "doubtful": gettext_noop("Doubtful"),
    "wrong": gettext_noop("Wrong"),
    "left": gettext_noop("Left out"),
    "applied": gettext_noop("Taken over"),
    "undone": gettext_noop("Taken back"),
    "stayed": gettext_noop("Changed since, stayed"),
}
EXPORT_STATES: dict[str, str] = {
    "asked": gettext_noop("Waits for a second person"),
    "allowed": gettext_noop("Being made"),
    "ready": gettext_noop("Ready"),
    "refused": gettext_noop("Refused"),
    "gone": gettext_noop("Over"),
}
