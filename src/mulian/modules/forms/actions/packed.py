"""Publishes what lies in the pack: once for each version, by the worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from mulian.core.files.shelving import shelve
from mulian.core.packs import Pack, current
from mulian.kernel.actor import SYSTEM
from mulian.kernel.problems import Problem
from mulian.modules.forms.actions.publishing import is_held, publish_all
from mulian.modules.forms.actions.sources import Source, read
from mulian.modules.forms.domain.xlsform.faults import NotAForm
from mulian.modules.forms.domain.xlsform.media import named_files
from mulian.modules.forms.models import Form
from mulian.modules.forms.queries.packed import files, media


def publish_packed(now: datetime) -> int:
    """The worker's sweep: new versions of the installation's pack; answers how many were published.

    A file that is wrong is named by `mulian pack check` and by the page of forms, and holds up no other.
    """
    return sum(_one(source, current(), now) for source in sources(current()))


def sources(pack: Pack) -> list[Source]:
    return [Source(path.name, path.read_bytes()) for path in files(pack)]


def publish_pack(pack: Pack, at: datetime) -> int:
    """All forms of a pack at once. Raises what is wrong with any."""
    return len(publish_all(with_media(sources(pack), pack, at), actor=SYSTEM, at=at))


def with_media(found: Sequence[Source], pack: Pack, at: datetime) -> list[Source]:
    """Each with those of the pack's files that it names; all are looked at in one child."""
    there = media(pack)
    wanted = [[name for name in named_files(read(source)) if name in there] for source in found]
    names = sorted({name for each in wanted for name in each})
    kept = {each.name: each for each in shelve([(name, there[name].read_bytes()) for name in names], at=at)}
    return [
        replace(source, media={name: kept[name] for name in each})
        for source, each in zip(found, wanted, strict=True)
    ]


def _one(source: Source, pack: Pack, now: datetime) -> int:
    before = Form.objects.count()
    try:
        if not is_held(source):
            publish_all(with_media([source], pack, now), actor=SYSTEM, at=now)
    except (NotAForm, Problem):
        return 0
    return Form.objects.count() - before
