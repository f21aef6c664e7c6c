"""What the sensitive fields (S3) are for, and how long they are kept (G2)."""

from __future__ import annotations

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
_CERTIFICATES = (
    "so that the original need not be carried to a counter again (the pack names it for each kind of paper)",
    "the months the pack names; at once gone when a later look replaces it or somebody deletes it",
)
_PHOTOGRAPHED = (
    "so that the desk can confirm what stands in a paper without the family travelling",
    "until somebody confirmed it, thirty days at most",
)
_TABLES = (
    "to look at a brought table before it counts, and to take it back exactly when it was wrong",
    "thirty days after the last step with it; then the lines are gone",
)
_ASKED = (
    "what a family wants put right or deleted of its own record, in its words, so that a person can decide it",
    "three years after the family was told the answer, and at once when its record is deleted",
)
PURPOSES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(_WHEREABOUTS, (_SERVED, _KEPT)),
    **dict.fromkeys(("Item.amount", "Item.word"), _ITEMS),
    **dict.fromkeys(("Need.household", "Need.member", "Need.code", "Need.since", "Need.until"), _NEEDS),
    **dict.fromkeys(("HelpPlan.need", "HelpPlan.what"), _NEEDS),
    "Document.code": _PAPERS,
    **dict.fromkeys(("Certificate.words", "CertificatePicture.box"), _CERTIFICATES),
    **dict.fromkeys(("PhonePaper.code", "PhonePaper.box"), _PHOTOGRAPHED),
    **dict.fromkeys(("Request.wanted", "Request.words"), _ASKED),
    **dict.fromkeys(("ImportLine.cells", "ImportLine.change", "ImportLine.undo"), _TABLES),
}
"""S3 field → what it is for, and how long it is kept."""
