"""Answers of one submission: what is asked, what is refused, what is kept."""

from mulian.modules.forms.domain.answers.checking import Outcome, check
from mulian.modules.forms.domain.answers.filling import Filling, Spot

__all__ = ["Filling", "Outcome", "Spot", "check"]
