"""The same filled form again: known by its name and its bytes, answered as the first time."""

from __future__ import annotations

import json
from hashlib import sha256

from django.db.models import Q

from mulian.core.database import quick
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem, register
from mulian.modules.forms.domain.submission import Receipt, Submission
from mulian.modules.forms.models import Submission as Row

LARGEST = 400_000
"""Bytes of one form's answers."""

register("forms.other_body", 409, "This was sent before with other answers.", "Send it as a correction.")
register("forms.answers_large", 413, "The answers are too long.", "Make the texts shorter and send it again.")


def before(submission: Submission, actor: Actor) -> Row | None:
    """What came under this name before, if it was this. Raises `forms.other_body`, `forms.answers_large`."""
    name = submission.instance or str(submission.id)
    statement = "SELECT 1 FROM forms_submission WHERE instance = %s OR id = %s LIMIT 1"
    if not quick.fetch(statement, (name, quick.key(submission.id))):
        return None
    rows = Row.unscoped.because("the same sender repeats itself").filter(
        Q(instance=name) | Q(id=submission.id)
    )
    row = min(rows, key=lambda each: each.instance != name, default=None)
    if row is not None and (row.person_id != actor.person or row.body_sha256 != digest(submission)):
        raise Problem("forms.other_body")
    return row


def twin(submission: Submission, actor: Actor) -> Receipt:
    """The same one came at the same moment and was first."""
    row = before(submission, actor)
    if row is None:
        raise Problem("conflict")
    return receipt(row, created=False)


def receipt(row: Row, *, created: bool) -> Receipt:
    """The word about a row."""
    return Receipt(
        id=row.id, state=row.state, created=created, missing=row.missing, refused=row.refused, facts=row.facts
    )


def digest(submission: Submission) -> str:
    """The SHA-256 of what was sent, or of the answers where a program names none. Raises `forms.answers_large`."""
    if submission.body_sha256:
        return submission.body_sha256
    said = [submission.form, submission.version, submission.answers]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str).encode()
    if len(text) > LARGEST:
        raise Problem("forms.answers_large")
    return sha256(text).hexdigest()
