"""Members under fourteen: what is sensitive of them is kept only with a guardian's consent (PIPL Art. 28 and 31)."""

from __future__ import annotations

from mulian.modules.households.domain.members import Relation

FOURTEEN = 14
YOUNG = frozenset({Relation.CHILD, Relation.GRANDCHILD})


def under_fourteen(birth_year: int | None, relation: str, year: int) -> bool:
    """Whether the member may be younger than fourteen in this year.

    Only years of birth are known, so who turns fourteen this year still counts; a child or grandchild whose year
    nobody knows does too. Doubt protects.
    """
    if birth_year is None:
        return relation in YOUNG
    return year - birth_year <= FOURTEEN
