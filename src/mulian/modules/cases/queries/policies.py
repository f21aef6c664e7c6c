"""The policy a promise is counted by: the pack's of now, or an earlier one that was kept."""

from __future__ import annotations

from mulian.modules.cases.domain import versions
from mulian.modules.cases.domain.promises import Policy
from mulian.modules.cases.models import PolicyVersion
from mulian.modules.cases.queries.rules import rules

_kept: dict[str, Policy] = {}
"""What a version is never changes: what was read once holds for the life of the process."""


def policy_of(version: str) -> Policy:
    """Calendars and shares as they were; a version nobody kept is counted by the pack of now."""
    current = rules().policy
    if version in ("", current.version):
        return current
    if version not in _kept and (row := PolicyVersion.objects.filter(name=version).first()):
        _kept[version] = read(row)
    return _kept.get(version, current)


def read(row: PolicyVersion) -> Policy:
    """A kept policy: enough of it to count on what runs under it."""
    found = row.content
    return Policy(
        rules=(),
        calendars=versions.calendars(found),
        remind_share=float(found["remind_share"]),
        remind_here={area: float(share) for area, share in found["remind_here"].items()},
        kept_as=row.name,
    )
