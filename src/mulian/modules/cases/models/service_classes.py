"""Classes (guarantee G2) of services and service lists. A list says of a family that it is owed something: S2."""

from __future__ import annotations

SERVICES: dict[str, dict[str, str]] = {
    "Service": {"case": "S1", "code": "S1", "name": "S0", "owner": "S0", "carrier": "S0", "sent": "S0"},
    "ServicePaper": {
        "id": "S1",
        "case": "S1",
        "place": "S1",
        "name": "S0",
        "state": "S1",
        "since": "S1",
        "by": "S1",
        "holder": "S1",
        "unit": "S1",
    },
    "ServiceStep": {
        "id": "S1",
        "case": "S1",
        "place": "S1",
        "name": "S0",
        "who": "S0",
        "done_at": "S1",
        "done_by": "S1",
    },
    "ServiceList": {
        "id": "S1",
        "purpose": "S1",
        "unit": "S1",
        "area": "S1",
        "text": "S1",
        "fact": "S1",
        "said": "S1",
        "made_by": "S1",
        "made_at": "S1",
        "until": "S1",
        "ended_at": "S1",
        "swept_at": "S1",
        "totals": "S1",
        "rev": "S1",
    },
    "ListedFamily": {
        "id": "S1",
        "list": "S1",
        "household": "S2",
        "member": "S2",
        "mark": "S1",
        "why": "S2",
        "marked_at": "S1",
        "marked_by": "S1",
    },
}
