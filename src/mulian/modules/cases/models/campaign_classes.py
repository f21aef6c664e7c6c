"""Classes (guarantee G2) of campaigns."""

from __future__ import annotations

CAMPAIGNS: dict[str, dict[str, str]] = {
    "Campaign": {
        "id": "S1",
        "name": "S1",
        "area": "S1",
        "classes": "S1",
        "lookers": "S1",
        "starts_on": "S1",
        "ends_on": "S1",
        "leader": "S1",
        "made_by": "S1",
        "made_at": "S1",
        "ended_at": "S1",
        "ended_by": "S1",
        "report": "S1",
        "rev": "S1",
    },
    "BankEntry": {
        "case": "S1",
        "campaign": "S1",
        "matter": "S1",
        "leader": "S1",
        "target_on": "S1",
        "how": "S1",
        "added_at": "S1",
        "added_by": "S1",
    },
}
