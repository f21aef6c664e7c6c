"""The door of tasks for other modules."""

from __future__ import annotations

from mulian.modules.tasks.actions.issuing import issue
from mulian.modules.tasks.actions.said import Voice
from mulian.modules.tasks.actions.visiting import record_visit
from mulian.modules.tasks.domain.asking import Asks
from mulian.modules.tasks.domain.following import Aim
from mulian.modules.tasks.queries.visits import paid

__all__ = ["Aim", "Asks", "Voice", "issue", "paid", "record_visit"]
