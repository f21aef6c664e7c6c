"""A mailbox read by IMAP and answered by SMTP, both in TLS from the first byte; off unless the settings name one.

A letter is somebody's words from outside: it is read with limits, its HTML is never shown, and what a machine sent is
told from what a person sent (RFC 3834), so that two machines never write to each other for ever.
"""

from __future__ import annotations

import imaplib
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

from django.conf import settings

LARGEST = 12 * 1024 * 1024
AT_ONCE = 10
"""Letters a sweep takes; the next ones wait two minutes."""
SECONDS = 10.0
"""How long a server may keep silent; nothing else waits for it, the mailbox has a thread of its own."""
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True)
class Mailbox:
    """Where letters come in, and where confirmations go out (`smtp` empty: nowhere)."""

    host: str
    port: int
    user: str
    address: str
    smtp: str = ""
    authority: str = ""
    password: str = field(default="", repr=False)

    def unread(self) -> Iterator[bytes]:
        """Each unread letter's bytes; it counts as read once the caller comes back for the next.

        A letter over the limit is left unread for a person and passed over. Raises OSError, imaplib.IMAP4.error.
        """
        with self._open() as box:
            for uid in box.uid("SEARCH", "UNSEEN")[1][0].split()[:AT_ONCE]:
                if self._size(box, uid) > LARGEST:
                    continue
                found = box.uid("FETCH", uid, "(BODY.PEEK[])")[1]
                yield next(part[1] for part in found if isinstance(part, tuple))
                box.uid("STORE", uid, "+FLAGS", r"(\Seen)")

    @contextmanager
    def _open(self) -> Iterator[imaplib.IMAP4_SSL]:
        box = imaplib.IMAP4_SSL(self.host, self.port, ssl_context=self._trust(), timeout=SECONDS)
        try:
            box.login(self.user, self.password)
            box.select("INBOX")
            yield box
        finally:
            box.logout()

    @staticmethod
    def _size(box: imaplib.IMAP4_SSL, uid: bytes) -> int:
        answer = box.uid("FETCH", uid.decode(), "(RFC822.SIZE)")[1][0]
        found = _SIZE.search(answer if isinstance(answer, bytes) else b"")
        return int(found[1]) if found else LARGEST + 1

    def confirm(self, *, to: str, subject: str, text: str, answers: str) -> bool:
        """Sends one confirmation that no machine answers: marked as automatic, with an empty return address."""
        if not self.smtp:
            return False
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self.address, to, subject
        letter["Auto-Submitted"], letter["Precedence"] = "auto-replied", "bulk"
        if answers:
            letter["In-Reply-To"] = letter["References"] = answers
        letter.set_content(text)
        host, _, port = self.smtp.rpartition(":")
        with smtplib.SMTP_SSL(host, int(port), timeout=SECONDS, context=self._trust()) as server:
            if self.password:
                server.login(self.user, self.password)
            server.send_message(letter, from_addr="", to_addrs=[to])
        return True

    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.authority or None)


def configured() -> Mailbox | None:
    """The mailbox of the settings; None when there is none."""
    if not settings.MULIAN_MAIL_HOST:
        return None
    return Mailbox(
        host=settings.MULIAN_MAIL_HOST,
        port=settings.MULIAN_MAIL_PORT,
        user=settings.MULIAN_MAIL_USER,
        password=settings.MULIAN_MAIL_PASSWORD,
        address=settings.MULIAN_MAIL_ADDRESS or settings.MULIAN_MAIL_USER,
        smtp=settings.MULIAN_MAIL_SMTP,
        authority=settings.MULIAN_MAIL_AUTHORITY,
    )
