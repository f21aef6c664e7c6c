"""What the child answers: a refusal's code, or how many rows it wrote."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


class Refused(Exception):
    """The table is not taken; `code` is a Problem's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One line of JSON."""

    refused: str = ""
    rows: int = 0

    def dump(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def load(cls, line: bytes) -> Verdict:
        """Raises ValueError or TypeError when the child did not speak properly."""
        return cls(**json.loads(line))
