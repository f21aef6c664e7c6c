"""Reads a letter's bytes into words and files, with limits; nothing in it is ever executed or shown as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from hashlib import sha256
from html.parser import HTMLParser

MOST_PARTS, MOST_FILES, MOST_LEFT = 50, 6, 12
MOST_CHARACTERS = 4000
MOST_HTML = 500_000
UNSPOKEN = frozenset({"script", "style", "head", "title"})


class Unreadable(ValueError):
    """No letter a program can take apart within its limits."""


@dataclass(frozen=True, kw_only=True)
class Enclosed:
    """A file that came with it."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Letter:
    """`digest` names the letter: of its Message-ID, or of all its bytes where it has none.

    `enclosed`: pictures and sounds; `left`: names of other files, and of pictures and sounds over the limit.
    `automatic`: a machine sent it (an answer, a bounce, a list); it is never answered.
    """

    digest: str
    message_id: str
    sender: str
    text: str
    enclosed: tuple[Enclosed, ...]
    left: tuple[str, ...] = ()
    automatic: bool


def read(raw: bytes, *, own: str) -> Letter:
    """Takes a letter apart; `own` is the mailbox's address. Raises Unreadable."""
    try:
        letter = message_from_bytes(raw, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        return _read(letter, raw, own)
    except (RecursionError, LookupError, ValueError, AttributeError, TypeError) as error:
        raise Unreadable(type(error).__name__) from error


def _read(letter: EmailMessage, raw: bytes, own: str) -> Letter:
    message_id = str(letter.get("Message-ID", "")).strip()[:400]
    sender = parseaddr(str(letter.get("From", "")))[1][:200]
    parts = _parts(letter)
    words = "\n".join(filter(None, (str(letter.get("Subject", "")).strip(), _words(parts))))
    enclosed = tuple(_enclosed(parts))
    return Letter(
        digest=sha256(message_id.encode() if message_id else raw).hexdigest(),
        message_id=message_id,
        sender=sender,
        text=words.replace("\x00", "")[:MOST_CHARACTERS],
        enclosed=enclosed[:MOST_FILES],
        left=(*(each.name or each.mime for each in enclosed[MOST_FILES:]), *_others(parts))[:MOST_LEFT],
        automatic=_automatic(letter, sender, own),
    )


def _parts(letter: EmailMessage) -> list[EmailMessage]:
    found: list[EmailMessage] = []
    for part in letter.walk():
        if len(found) >= MOST_PARTS:
            raise ValueError("too many parts")
        if isinstance(part, EmailMessage) and not part.is_multipart():
            found.append(part)
    return found


def _words(parts: list[EmailMessage]) -> str:
    """The first plain text, else the first HTML without its marks."""
    for kind, plain in (("text/plain", str), ("text/html", _without_marks)):
        for part in parts:
            if part.get_content_type() == kind and not part.get_filename():
                return plain(part.get_content()).strip()
    return ""


def _enclosed(parts: list[EmailMessage]) -> Iterator[Enclosed]:
    for part in parts:
        content = part.get_payload(decode=True)
        if part.get_content_maintype() in ("image", "audio") and isinstance(content, bytes):
            yield Enclosed(
                name=(part.get_filename() or "")[:80], mime=part.get_content_type(), content=content
            )


def _others(parts: list[EmailMessage]) -> Iterator[str]:
    """Names of files that are neither picture nor sound; a signature without a name is nobody's file."""
    for part in parts:
        name = (part.get_filename() or "")[:80]
        if name and part.get_content_maintype() not in ("image", "audio"):
            yield name


def _automatic(letter: EmailMessage, sender: str, own: str) -> bool:
    """RFC 3834, and what older machines write."""
    said = {
        name: str(letter.get(name, "")).strip().lower()
        for name in ("Auto-Submitted", "Precedence", "Return-Path")
    }
    name = sender.lower().partition("@")[0]
    return (
        said["Auto-Submitted"] not in ("", "no")
        or said["Precedence"] in ("bulk", "junk", "list", "auto_reply")
        or said["Return-Path"] == "<>"
        or letter.get_content_type() == "multipart/report"
        or any(
            letter.get(header)
            for header in ("X-Autoreply", "X-Autorespond", "List-Id", "X-Failed-Recipients")
        )
        or name in ("", "mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply")
        or sender.lower() == own.lower()
    )


class _Words(HTMLParser):
    """Keeps text, drops marks, scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.silent += tag in UNSPOKEN
        if tag in ("br", "p", "div", "tr", "li"):
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in UNSPOKEN and self.silent > 0

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def _without_marks(html: str) -> str:
    words = _Words()
    words.feed(html[:MOST_HTML])
    lines = (" ".join(line.split()) for line in "".join(words.found).splitlines())
    return "\n".join(line for line in lines if line)
