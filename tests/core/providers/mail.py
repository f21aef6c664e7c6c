"""A real mailbox on this machine: an IMAP and an SMTP server, both in TLS, that say what a county's server says."""

from __future__ import annotations

import socketserver
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mulian.core.providers.mailbox import Mailbox

USER, PASSWORD, ADDRESS = "county", "mail-password", "12345@county.example"


@dataclass
class Post:
    """Letters that lie there by number, which were read, what was sent out, and how the mailbox is reached."""

    authority: Path
    imap: int = 0
    smtp: int = 0
    letters: dict[int, bytes] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    sent: list[tuple[str, bytes]] = field(default_factory=list)

    def put(self, letter: bytes) -> None:
        self.letters[len(self.letters) + 1] = letter.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")

    def box(self) -> Mailbox:
        return Mailbox(
            host="127.0.0.1", port=self.imap, user=USER, password=PASSWORD, address=ADDRESS,
            smtp=f"127.0.0.1:{self.smtp}", authority=str(self.authority),
        )  # fmt: skip


@contextmanager
def post(folder: Path) -> Iterator[Post]:
    """Runs both servers on free ports."""
    certificate, key = _certificate(folder)
    made = Post(certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with _server(context, _imap(made)) as made.imap, _server(context, _smtp(made)) as made.smtp:
        yield made


def _certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine that vouches for itself, and its key."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail")]),
    )
    now, here = datetime.now(UTC), x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder(
        name,
        name,
        key.public_key(),
        x509.random_serial_number(),
        now - timedelta(days=1),
        now + timedelta(days=1),
    )
    made = made.add_extension(here, critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    pem = serialization.Encoding.PEM
    (folder / "mail.crt").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "mail.key").write_bytes(private)
    return folder / "mail.crt", folder / "mail.key"


@contextmanager
def _server(context: ssl.SSLContext, handler: type[socketserver.BaseRequestHandler]) -> Iterator[int]:
    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def finish_request(self, request, client_address) -> None:
            try:
                with context.wrap_socket(request, server_side=True) as secured:
                    handler(secured, client_address, self)
            except OSError:
                return

    with Server(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()


def _imap(made: Post) -> type[socketserver.BaseRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say(b"* OK ready")
            while line := self.rfile.readline():
                tag, _, command = line.rstrip(b"\r\n").partition(b" ")
                if not self.do(command, command.upper().split()):
                    self.say(tag + b" NO")
                    continue
                self.say(tag + b" OK done")
                if command.upper() == b"LOGOUT":
                    return

        def say(self, line: bytes) -> None:
            self.wfile.write(line + b"\r\n")

        def do(self, command: bytes, words: list[bytes]) -> bool:
            match words[:2]:
                case [b"CAPABILITY"]:
                    self.say(b"* CAPABILITY IMAP4rev1")
                case [b"LOGIN", _]:
                    return command.split()[1:] == [USER.encode(), f'"{PASSWORD}"'.encode()]
                case [b"SELECT", _]:
                    self.say(f"* {len(made.letters)} EXISTS".encode())
                case [b"UID", b"SEARCH"]:
                    unread = sorted(set(made.letters) - made.seen)
                    self.say(b"* SEARCH " + b" ".join(str(n).encode() for n in unread))
                case [b"UID", b"FETCH"]:
                    self.fetch(int(words[2]), words[3])
                case [b"UID", b"STORE"]:
                    made.seen.add(int(words[2]))
            return True

        def fetch(self, number: int, what: bytes) -> None:
            letter = made.letters[number]
            if b"SIZE" in what:
                self.say(f"* {number} FETCH (UID {number} RFC822.SIZE {len(letter)})".encode())
                return
            self.say(f"* {number} FETCH (UID {number} BODY[] {{{len(letter)}}}".encode())
            self.wfile.write(letter)
            self.say(b")")

    return Handler


def _smtp(made: Post) -> type[socketserver.BaseRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say(b"220 ready")
            sender, answers = b"", _answers()
            while line := self.rfile.readline():
                word = line.upper().split(b" ")[0].split(b":")[0].strip()
                if word == b"MAIL":
                    sender = line[len("MAIL FROM:") :].split()[0]
                self.say(answers(word))
                if word == b"DATA":
                    made.sent.append((sender.decode(), self.data()))
                    self.say(b"250 kept")
                if word == b"QUIT":
                    return

        def data(self) -> bytes:
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line)
            return b"".join(lines)

        def say(self, line: bytes) -> None:
            self.wfile.write(line + b"\r\n")

    return Handler


def _answers() -> Callable[[bytes], bytes]:
    said = {
        b"EHLO": b"250-here\r\n250 AUTH PLAIN",
        b"AUTH": b"235 welcome",
        b"DATA": b"354 go on",
        b"QUIT": b"221 bye",
    }
    return lambda word: said.get(word, b"250 fine")
