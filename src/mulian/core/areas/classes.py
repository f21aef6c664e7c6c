"""The class of every stored field (guarantee G2): S0 public, S1 work, S2 personal, S3 sensitive."""

from __future__ import annotations

CLASSES: dict[str, dict[str, str]] = {
    "Area": {
        "name_zh": "S0",
        "name_bo": "S0",
        "name_en": "S0",
        "code": "S0",
        "parent": "S0",
        "level": "S0",
        "kind": "S0",
        "lat": "S0",
        "lon": "S0",
        "point_status": "S0",
        "valid_from": "S0",
        "valid_to": "S0",
        "successor": "S0",
    },
    "Unit": {
        "name_zh": "S0",
        "name_bo": "S0",
        "name_en": "S0",
        "id": "S0",
        "code": "S0",
        "area": "S0",
        "kind": "S0",
        "valid_to": "S0",
    },
}
