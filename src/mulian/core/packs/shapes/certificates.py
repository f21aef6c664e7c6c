"""Shape of certificates.toml: how papers are printed, what may be taken over from them, how long a picture stays."""

from __future__ import annotations

from mulian.core.packs.shapes.basis import Name, Strict
from mulian.core.packs.shapes.register import ItemCode, Months
from mulian.core.providers.ocr.layout import Field, Page


class Certificate(Strict, kw_only=True):
    """One kind of paper. `code`: the paper of register.toml; `keep_months`: how long its picture stays, for `purpose`.

    `to` of a field: name, name_bo, birth_year, valid_to, or the code of an item that may be known from a paper.
    """

    code: ItemCode
    purpose: Name
    keep_months: Months
    pages: list[Page]
    fields: list[Field]
    labels: list[str] = []
    drop: bool = False
