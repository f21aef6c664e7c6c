"""Who read a record, and what families ask of it."""

from __future__ import annotations

RIGHTS: dict[str, dict[str, str]] = {
    "Reading": {
        "id": "S1",
        "household": "S2",
        "on": "S1",
        "person": "S1",
        "way": "S1",
        "why": "S2",
        "first_at": "S1",
        "times": "S1",
    },
    "Request": {
        "id": "S1",
        "household": "S2",
        "area": "S1",
        "kind": "S1",
        "member": "S2",
        "target": "S2",
        "wanted": "S3",
        "words": "S3",
        "asked_by": "S2",
        "known_by": "S2",
        "taken_by": "S1",
        "taken_at": "S1",
        "near_at": "S1",
        "due_at": "S1",
        "over_at": "S1",
        "next_at": "S1",
        "step": "S1",
        "state": "S1",
        "decided_by": "S1",
        "decided_at": "S1",
        "reason": "S2",
        "done": "S1",
        "told_by": "S1",
        "told_at": "S1",
        "told_language": "S2",
    },
    "Restriction": {"id": "S1", "household": "S2", "request": "S1", "since": "S1", "until": "S1"},
}
