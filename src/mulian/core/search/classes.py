"""The class of every stored field (guarantee G2): S0 public, S1 work, S2 personal, S3 sensitive."""

from __future__ import annotations

CLASSES: dict[str, dict[str, str]] = {
    "SearchEntry": {
        "id": "S1",
        "subject_kind": "S1",
        "subject_id": "S1",
        "indexed_at": "S1",
        "tokens": "S2",
    },
}
