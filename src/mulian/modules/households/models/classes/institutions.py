"""Institutions and their safety checks."""

from __future__ import annotations

INSTITUTIONS: dict[str, dict[str, str]] = {
    "Institution": {
        "id": "S1",
        "kind": "S1",
        "name_zh": "S1",
        "name_bo": "S1",
        "area": "S1",
        "lat": "S1",
        "lon": "S1",
        "capacity": "S1",
        "phone": "S1",
        "rev": "S1",
        "created_at": "S1",
        "closed_at": "S1",
    },
    "SafetyCheck": {
        "id": "S1",
        "institution": "S1",
        "code": "S1",
        "done_on": "S1",
        "sound": "S1",
        "found": "S1",
        "recorded_at": "S1",
        "by": "S1",
    },
}
