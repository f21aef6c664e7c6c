"""Tables of cases. Workflow lives in `actions`; rules in `domain`."""

from mulian.modules.cases.models.case import Case
from mulian.modules.cases.models.clocks import LadderStep, Pause, Promise
from mulian.modules.cases.models.listening import ListeningItem
from mulian.modules.cases.models.receiver import Receiver

__all__ = ["Case", "LadderStep", "ListeningItem", "Pause", "Promise", "Receiver"]
