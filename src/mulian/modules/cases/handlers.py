"""Sweeps over what is due: promises, voices nobody heard, answers nobody contradicted."""

from mulian.modules.cases.actions.climbing import sweep_promises
from mulian.modules.cases.actions.listening import sweep_listening
from mulian.modules.cases.actions.quieting import sweep_answered

__all__ = ["sweep_answered", "sweep_listening", "sweep_promises"]
