"""Publishes what lies in the pack: once for each version, by the worker."""

from __future__ import annotations

from datetime import datetime

from mulian.core.packs import Pack, current
from mulian.kernel.actor import SYSTEM
from mulian.kernel.problems import Problem
from mulian.modules.forms.actions.publishing import publish_all
from mulian.modules.forms.actions.sources import Source
from mulian.modules.forms.domain.xlsform.faults import NotAForm
from mulian.modules.forms.models import Form
from mulian.modules.forms.queries.packed import files


def publish_packed(now: datetime) -> int:
    """The worker's sweep: new versions of the installation's pack; answers how many were published.

    A file that is wrong is named by `mulian pack check` and by the page of forms, and holds up no other.
    """
    return sum(_one(source, now) for source in sources(current()))


def sources(pack: Pack) -> list[Source]:
    return [Source(path.name, path.read_bytes()) for path in files(pack)]


def publish_pack(pack: Pack, at: datetime) -> int:
    """All forms of a pack at once. Raises what is wrong with any."""
    return len(publish_all(sources(pack), actor=SYSTEM, at=at))


def _one(source: Source, now: datetime) -> int:
    before = Form.objects.count()
    try:
        publish_all([source], actor=SYSTEM, at=now)
    except (NotAForm, Problem):
        return 0
    return Form.objects.count() - before
