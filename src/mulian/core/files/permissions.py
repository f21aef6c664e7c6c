"""What may be done with files; reading follows the subject a file belongs to."""

from __future__ import annotations

from enum import StrEnum

from mulian.kernel.actor import Role


class Permission(StrEnum):
    SEND = "files.send"


GRANTS: dict[Role, frozenset[str]] = {role: frozenset({Permission.SEND}) for role in Role}
