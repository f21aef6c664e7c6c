"""Papers and their pictures."""

from __future__ import annotations

PAPERS: dict[str, dict[str, str]] = {
    "Document": {
        "id": "S1",
        "household": "S2",
        "member": "S2",
        "code": "S3",
        "held": "S2",
        "valid_to": "S2",
        "seen_on": "S1",
        "recorded_at": "S1",
        "replaced_at": "S1",
        "by": "S1",
    },
    "Certificate": dict.fromkeys(("id", "until", "by_hand", "kept_at", "by"), "S1")
    | {"document": "S2", "words": "S3"},
    "CertificatePicture": {"certificate": "S1", "box": "S3"},
    "PhonePaper": dict.fromkeys(("id", "by", "taken_at", "noted_at", "arrived_at", "refused"), "S1")
    | {"household": "S2", "member": "S2", "code": "S3", "box": "S3"},
}
