"""Gives a report the code its sender follows it by. Called inside the act that takes the report."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from mulian.modules.cases.domain.following_code import code_of, digest_of
from mulian.modules.cases.models import FollowingCode
from mulian.modules.cases.queries.followed import key


def issue(report: UUID, at: datetime) -> str:
    """The code, in plain digits; the same again for the same report."""
    code = code_of(report, key=key())
    FollowingCode.objects.get_or_create(
        report=report, defaults={"digest": digest_of(code, key=key()), "created_at": at}
    )
    return code
