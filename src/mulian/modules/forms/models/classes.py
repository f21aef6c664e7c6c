"""The class of every stored field (G2): S0 public, S1 work, S2 personal, S3 sensitive.

Forms themselves are public words. What somebody answered is S2, whatever the question; an answer whose item of the
register is sensitive is told to the register, which keeps its own class.
"""

from __future__ import annotations

CLASSES: dict[str, dict[str, str]] = {
    "Form": {
        "id": "S0",
        "code": "S0",
        "version": "S0",
        "title": "S0",
        "about": "S0",
        "questions": "S0",
        "tables": "S0",
        "media": "S0",
        "definition": "S0",
        "definition_sha256": "S0",
        "xform": "S0",
        "xform_sha256": "S0",
        "xform_md5": "S0",
        "offered": "S1",
        "published_at": "S1",
        "published_by": "S1",
    },
    "Submission": {
        "id": "S1",
        "form": "S1",
        "person": "S1",
        "subject_kind": "S1",
        "state": "S1",
        "refused": "S1",
        "facts": "S1",
        "started_at": "S1",
        "ended_at": "S1",
        "written_at": "S1",
        "received_at": "S1",
        "via": "S1",
        "body_sha256": "S1",
        "replaces": "S1",
        "ends_at": "S1",
        "subject": "S2",
        "household": "S2",
        "answers": "S2",
        "files": "S2",
        "expected": "S2",
        "lat": "S2",
        "lon": "S2",
        "instance": "S2",
    },
    "Occasion": {
        "id": "S0",
        "code": "S0",
        "choice": "S0",
        "declared_at": "S0",
        "declared_by": "S1",
        "ended_at": "S0",
    },
}
