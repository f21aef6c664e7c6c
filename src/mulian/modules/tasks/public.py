"""The door of tasks for other modules."""

from __future__ import annotations

from mulian.modules.tasks.actions.issuing import issue
from mulian.modules.tasks.actions.said import Voice
from mulian.modules.tasks.actions.visiting import record_visit
from mulian.modules.tasks.actions.wording import reword, reword_reason
from mulian.modules.tasks.domain.asking import Asks
from mulian.modules.tasks.domain.following import Aim
from mulian.modules.tasks.domain.wording import Words
from mulian.modules.tasks.queries.visits import paid
from mulian.modules.tasks.queries.wordings import Wording, left_with, named, readers, visible, wordings

__all__ = [
    "Aim",
    "Asks",
    "Voice",
    "Wording",
    "Words",
    "issue",
    "left_with",
    "named",
    "paid",
    "readers",
    "record_visit",
    "reword",
    "reword_reason",
    "visible",
    "wordings",
]
