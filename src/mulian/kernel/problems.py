"""One kind of error for people and programs (RFC 9457): a stable code, a plain sentence, a next step.

The catalogue holds English source strings; `core/ui/problems.py` renders them in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Meaning:
    """What a code means: HTTP status, what happened, what to do next (both gettext source strings)."""

    status: int
    title: str
    next_step: str


PROBLEMS: dict[str, Meaning] = {}


def register(code: str, status: int, title: str, next_step: str) -> str:
    """Adds a code to the catalogue; the same code twice with another meaning is a programming error."""
    meaning = Meaning(status, title, next_step)
    if PROBLEMS.setdefault(code, meaning) != meaning:
        raise ValueError(f"problem code {code!r} already has another meaning")
    return code


class Problem(Exception):
    """Raised wherever input cannot be served; never carries personal values in its params."""

    def __init__(self, code: str, *, status: int | None = None, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.meaning = PROBLEMS.get(code) or PROBLEMS["server_error"]
        self.status = status or self.meaning.status
        self.params = params

    @property
    def title(self) -> str:
        return self.meaning.title % self.params if self.params else self.meaning.title


register("bad_request", 400, "The request could not be read.", "Check what was sent and try again.")
register("login_needed", 401, "Please sign in first.", "Sign in and open the page again.")
register("forbidden", 403, "Your duty does not include this.", "Ask your administrator if it should.")
register("not_found", 404, "This does not exist, or it is not yours to see.", "Go back to your list.")
register("method_not_allowed", 405, "This address does not do that.", "Go back to the page before.")
register("conflict", 409, "Somebody else changed this at the same time.", "Load the page again and look.")
register("too_large", 413, "What was sent is too large.", "Send a shorter recording or a smaller picture.")
register("unsupported", 415, "This kind of content is not accepted.", "Send it in one of the accepted kinds.")
register("invalid", 422, "Something in the form is not right.", "Correct the marked fields and send again.")
register("too_many", 429, "Too many requests in a short time.", "Wait a little and try again.")
register(
    "server_error",
    500,
    "Something went wrong on the server.",
    "Try again; if it stays, tell the county centre.",
)
register("overloaded", 503, "The server is busy right now.", "It will be sent again by itself in a moment.")
register(
    "disk_full",
    507,
    "The server's disk is full; nothing was taken in.",
    "Keep the report; it will be sent again.",
)
register("device_unknown", 401, "This phone is not known here.", "Enrol the phone again with a new code.")
register(
    "device_revoked", 403, "This phone may no longer be used.", "Ask the village to enrol a phone again."
)
