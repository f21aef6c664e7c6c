"""Every stored field's class (G2), and what the sensitive ones are for."""

from __future__ import annotations

CLASSES: dict[str, dict[str, str]] = {
    "Household": {
        "id": "S1",
        "number": "S1",
        "name": "S2",
        "name_bo": "S2",
        "phone": "S2",
        "language": "S2",
        "picture": "S2",
        "rev": "S1",
        "created_at": "S1",
        "closed_at": "S1",
    },
    "Member": {
        "id": "S1",
        "household": "S2",
        "position": "S1",
        "name": "S2",
        "name_bo": "S2",
        "birth_year": "S2",
        "relation": "S2",
        "phone": "S2",
        "speaks_for": "S2",
        "gone_at": "S2",
    },
    "Camp": {
        "id": "S1",
        "household": "S2",
        "area": "S3",
        "season": "S1",
        "name_zh": "S2",
        "name_bo": "S2",
        "lat": "S3",
        "lon": "S3",
        "accuracy": "S1",
        "closed_at": "S1",
    },
    "Move": {
        "id": "S1",
        "turn": "S1",
        "household": "S2",
        "kind": "S2",
        "area": "S3",
        "camp": "S3",
        "at": "S3",
        "recorded_at": "S1",
        "by": "S1",
    },
    "Telling": {"id": "S1", "said_at": "S1", "recorded_at": "S1", "by": "S1", "source": "S1"},
    "Item": {
        "id": "S1",
        "household": "S2",
        "subject": "S2",
        "code": "S1",
        "amount": "S3",
        "word": "S3",
        "valid_from": "S2",
        "valid_to": "S2",
        "as_of": "S1",
        "telling": "S1",
    },
    "Need": {
        "id": "S1",
        "household": "S3",
        "member": "S3",
        "code": "S3",
        "since": "S3",
        "until": "S3",
        "consent_on": "S2",
        "consent_how": "S1",
        "consent_by": "S2",
        "consent_witness": "S2",
        "recorded_at": "S1",
        "by": "S1",
    },
    "HelpPlan": {
        "id": "S1",
        "need": "S3",
        "what": "S3",
        "who": "S2",
        "due": "S1",
        "review_on": "S1",
        "done_on": "S1",
        "recorded_at": "S1",
        "by": "S1",
    },
    "Document": {
        "id": "S1",
        "household": "S2",
        "member": "S2",
        "code": "S3",
        "held": "S2",
        "valid_to": "S2",
        "seen_on": "S1",
        "recorded_at": "S1",
        "replaced_at": "S1",
        "by": "S1",
    },
    "LifeEvent": {
        "id": "S1",
        "household": "S2",
        "other": "S2",
        "kind": "S2",
        "why": "S2",
        "at": "S2",
        "recorded_at": "S1",
        "by": "S1",
        "taken_back_at": "S1",
        "taken_back_by": "S1",
    },
    "Belonging": {
        "id": "S1",
        "event": "S1",
        "member": "S2",
        "household": "S2",
        "position": "S1",
        "relation": "S2",
        "at": "S2",
    },
    "Qualification": {"id": "S1", "person": "S1", "area": "S1", "basis": "S1", "since": "S1"},
}
"""Every stored field's class (G2): S0 public, S1 work, S2 personal, S3 sensitive (whereabouts)."""

_SERVED = "where a family camps decides who serves it, and where help goes in a snowstorm"
_KEPT = "as long as the household is kept; asked only inside a case, a service or an incident"
_WHEREABOUTS = ("Camp.area", "Camp.lat", "Camp.lon", "Move.area", "Move.camp", "Move.at")
_ITEMS = (
    "each item for the service the county's catalogue names (a value may be of class S3 there)",
    "as long as the household is kept, with its history; a corrected value stays as history",
)
_NEEDS = (
    "the help the family agreed to, for the purpose the catalogue names with the kind of need",
    "until its end and the months the catalogue names; at once gone when consent is withdrawn",
)
_PAPERS = (
    "to tell a family in time which paper is missing or runs out (a disability certificate is sensitive)",
    "as long as the household is kept; never a number, never a picture",
)
PURPOSES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(_WHEREABOUTS, (_SERVED, _KEPT)),
    **dict.fromkeys(("Item.amount", "Item.word"), _ITEMS),
    **dict.fromkeys(("Need.household", "Need.member", "Need.code", "Need.since", "Need.until"), _NEEDS),
    **dict.fromkeys(("HelpPlan.need", "HelpPlan.what"), _NEEDS),
    "Document.code": _PAPERS,
}
"""S3 field → what it is for, and how long it is kept."""
