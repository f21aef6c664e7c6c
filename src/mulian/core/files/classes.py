"""The class of every stored field (guarantee G2): S0 public, S1 work, S2 personal, S3 sensitive.
The contents themselves lie on disk and count as S2: a voice or a photo of somebody's trouble."""

from __future__ import annotations

CLASSES: dict[str, dict[str, str]] = {
    "Blob": {
        "size": "S1",
        "mime": "S1",
        "seconds": "S1",
        "width": "S1",
        "height": "S1",
        "state": "S1",
        "code": "S1",
        "tries": "S1",
        "sealed": "S1",
        "created_at": "S1",
        "sha256": "S2",
        "source_sha256": "S2",
        "served_as": "S2",
        "maker": "S2",
    },
    "Upload": {
        "id": "S1",
        "size": "S1",
        "mime": "S1",
        "created_at": "S1",
        "expires_at": "S1",
        "finished_at": "S1",
        "sealed": "S1",
        "person": "S2",
        "sha256": "S2",
    },
    "BlobUse": {
        "id": "S1",
        "subject_kind": "S1",
        "role": "S1",
        "permission": "S1",
        "by": "S1",
        "said_by": "S1",
        "attached_at": "S1",
        "blob": "S2",
        "subject_id": "S2",
    },
}
