"""Tables of tasks and visits. Workflow lives in `actions`; rules in `domain`."""

from mulian.modules.tasks.models.task import Assignment, Task
from mulian.modules.tasks.models.visit import Visit

__all__ = ["Assignment", "Task", "Visit"]
