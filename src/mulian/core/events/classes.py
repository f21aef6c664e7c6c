"""The class of every stored field (guarantee G2): S0 public, S1 work, S2 personal, S3 sensitive."""

from __future__ import annotations

CLASSES: dict[str, dict[str, str]] = {
    "Event": {
        "id": "S1",
        "pos": "S1",
        "chain": "S1",
        "name": "S1",
        "version": "S1",
        "subject_kind": "S1",
        "subject_id": "S1",
        "occurred_at": "S1",
        "recorded_at": "S1",
        "actor": "S1",
        "posting": "S1",
        "device": "S1",
        "areas": "S1",
        "feeds": "S1",
        "rev": "S1",
        "fields": "S1",
        "commitment": "S1",
        "cause": "S1",
        "data": "S2",
    },
    "EventPrivate": {
        "event": "S1",
        "salt": "S1",
        "values": "S3",
    },
    "FeedKey": {
        "id": "S1",
        "key": "S1",
        "pos": "S1",
        "subject_kind": "S1",
        "subject_id": "S1",
        "rev": "S1",
        "fields": "S1",
    },
    "Delivery": {
        "id": "S1",
        "event": "S1",
        "handler": "S1",
        "state": "S1",
        "attempts": "S1",
        "due_at": "S1",
        "leased_until": "S1",
        "error": "S1",
    },
    "TimerRun": {
        "name": "S1",
        "due_at": "S1",
        "failures": "S1",
        "error": "S1",
    },
    "Head": {
        "id": "S1",
        "pos": "S1",
        "chain": "S1",
        "epoch": "S1",
    },
}
PURPOSES: dict[str, tuple[str, str]] = {
    "EventPrivate.values": (
        "personal values of the history of a case or a household, shown inside it only",
        "until erased by law: deleting the row leaves the chain valid",
    ),
}
"""S3 field → what it is for, and how long it is kept."""
