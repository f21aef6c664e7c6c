"""The class of every stored field (guarantee G2): S0 public, S1 work, S2 personal, S3 sensitive."""

from __future__ import annotations

CLASSES: dict[str, dict[str, str]] = {
    "Notice": {
        "id": "S1",
        "kind": "S1",
        "title": "S1",
        "link": "S1",
        "subject_kind": "S1",
        "subject_id": "S1",
        "urgent": "S1",
        "key": "S1",
        "created_at": "S1",
        "read_at": "S1",
        "person": "S2",
        "params": "S2",
    },
    "NoticeSend": {
        "id": "S1",
        "notice": "S1",
        "channel": "S1",
        "state": "S1",
        "due_at": "S1",
        "attempts": "S1",
        "batch": "S1",
        "leased_until": "S1",
        "sent_at": "S1",
        "error": "S1",
    },
    "Bounce": {
        "times": "S1",
        "last_at": "S1",
        "person": "S2",
        "number_hash": "S2",
    },
    "Pause": {
        "id": "S1",
        "failures": "S1",
        "until": "S1",
    },
}
