"""The class of every stored field (guarantee G2): S0 public, S1 work, S2 personal, S3 sensitive."""

from __future__ import annotations

CLASSES: dict[str, dict[str, str]] = {
    "Command": {
        "id": "S1",
        "device": "S1",
        "carrier": "S1",
        "person": "S1",
        "seq": "S1",
        "kind": "S1",
        "v": "S1",
        "after": "S1",
        "urgent": "S1",
        "received_at": "S1",
        "state": "S1",
        "code": "S1",
        "refs": "S1",
        "decided_at": "S1",
        "leased_until": "S1",
        "tries": "S1",
        "seen_by": "S1",
        "seen_at": "S1",
        "raw": "S3",
    },
    "Applied": {
        "id": "S1",
        "state": "S1",
        "code": "S1",
        "refs": "S1",
        "at": "S1",
        "device": "S1",
        "told_by": "S1",
    },
    "Heartbeat": {
        "device": "S1",
        "person": "S1",
        "at": "S1",
        "skew_seconds": "S1",
        "unsent": "S1",
    },
    "Silence": {
        "device": "S1",
        "person": "S1",
        "since": "S1",
        "unsent": "S1",
        "told_at": "S1",
    },
    "ServerKey": {
        "kid": "S0",
        "public_jwk": "S0",
        "created_at": "S1",
        "private_pem": "S2",
    },
}
PURPOSES: dict[str, tuple[str, str]] = {
    "Command.raw": (
        "what a phone sent, byte for byte, so that nothing acknowledged is lost and a refused report can be read",
        "35 days after it was applied (phones may send it again for 30); refused ones 30 days after an officer looked",
    ),
}
"""S3 field → what it is for, and how long it is kept."""
