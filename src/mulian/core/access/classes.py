"""The class of every stored field (guarantee G2): S0 public, S1 work, S2 personal, S3 sensitive.

Of a secret only its hash is stored; a phone's share alone opens nothing (it needs the phone and its PIN)."""

from __future__ import annotations

CLASSES: dict[str, dict[str, str]] = {
    "Person": {
        "id": "S1",
        "username": "S1",
        "name": "S1",
        "language": "S1",
        "is_active": "S1",
        "must_change_password": "S1",
        "created_at": "S1",
        "last_login": "S1",
        "phone": "S2",
        "password": "S2",
    },
    "Posting": {
        "id": "S1",
        "person": "S1",
        "role": "S1",
        "area": "S1",
        "unit": "S1",
        "topics": "S1",
        "valid_from": "S1",
        "valid_to": "S1",
    },
    "Leave": {
        "id": "S1",
        "posting": "S1",
        "deputy": "S1",
        "starts": "S1",
        "ends": "S1",
    },
    "DutyShift": {
        "id": "S1",
        "unit": "S1",
        "person": "S1",
        "kind": "S1",
        "language": "S1",
        "starts": "S1",
        "ends": "S1",
    },
    "Placement": {
        "id": "S1",
        "subject_kind": "S1",
        "unit": "S1",
        "topic": "S1",
        "counts_as": "S1",
        "subject_id": "S2",
        "valid_from": "S2",
        "valid_to": "S2",
        "area": "S3",
    },
    "Exclusion": {
        "id": "S1",
        "subject_kind": "S1",
        "subject_id": "S2",
        "person": "S2",
    },
    "Device": {
        "id": "S1",
        "person": "S1",
        "label": "S1",
        "enrolled_at": "S1",
        "revoked_at": "S1",
        "wiped_at": "S1",
        "seen_at": "S1",
        "token_hash": "S2",
        "openrosa_hash": "S2",
        "openrosa_salt": "S2",
        "push_hash": "S2",
        "share": "S2",
        "proof_hash": "S2",
        "wrong_proofs": "S1",
        "wait_until": "S1",
    },
    "Enrolment": {
        "id": "S1",
        "person": "S1",
        "by": "S1",
        "label": "S1",
        "created_at": "S1",
        "expires_at": "S1",
        "used_at": "S1",
        "token_hash": "S2",
        "digits_hash": "S2",
    },
    "ApiToken": {
        "id": "S1",
        "person": "S1",
        "label": "S1",
        "created_at": "S1",
        "revoked_at": "S1",
        "token_hash": "S2",
    },
    "Bucket": {"id": "S1", "name": "S1", "key": "S2", "level": "S1", "at": "S1", "full_at": "S1"},
    "AccessVersion": {
        "id": "S1",
        "value": "S1",
    },
}
PURPOSES: dict[str, tuple[str, str]] = {
    "Placement.area": (
        "where a family is registered, lives and camps decides who serves it and where help goes",
        "as long as its subject is kept; never finer than a grid area, never a point",
    ),
}
"""S3 field → what it is for, and how long it is kept."""
