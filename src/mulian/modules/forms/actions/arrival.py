"""One filled form as it arrives: what was sent, under which version, by whom, and when it was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.modules.forms.domain.submission import Submission
from mulian.modules.forms.models import Form


@dataclass(frozen=True)
class Arrival:
    """`written`: when it was filled in, never later than `at`. `via`: which program brought it."""

    submission: Submission
    form: Form
    actor: Actor
    at: datetime
    written: datetime
    via: str

    @property
    def local(self) -> str:
        """When it was written, as the form's expressions read it: China's time without an offset."""
        return self.written.astimezone(CN).strftime("%Y-%m-%dT%H:%M:%S")
