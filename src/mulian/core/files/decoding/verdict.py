"""What a decoder found: the child's only answer, as one line of JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


class Refused(Exception):
    """The content is not taken; `code` is a Problem's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Either a refusal's code, or the decoded kind and its measures.

    `rewritten` says that a clean copy was written beside: the original carried more than its pixels or sound.
    """

    refused: str = ""
    mime: str = ""
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    rewritten: bool = False

    def dump(self) -> bytes:
        """For the pipe."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def load(cls, line: bytes) -> Verdict:
        """From the pipe; raises ValueError or TypeError when the child did not speak properly."""
        return cls(**json.loads(line))
