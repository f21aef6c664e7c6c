"""A case is found by its words and by what they mean in the other language."""

from __future__ import annotations

from datetime import datetime

from mulian.core.search.index import index
from mulian.modules.cases.actions.spreading import KIND
from mulian.modules.cases.domain.translating import Piece
from mulian.modules.cases.models import Case, Translation


def make_findable(case: Case, at: datetime) -> None:
    """Inside an act: indexes the report's words and the translations of them that still fit."""
    rows = Translation.objects.filter(
        subject_id=case.id, piece__in=(Piece.REPORT, Piece.TRANSCRIPT), outdated=False
    )
    words = [case.text, *rows.order_by("asked_at", "id").values_list("text", flat=True)]
    index(kind=KIND, id=case.id, text="\n".join(filter(None, words)), at=at)
