"""`mulian demo`: prepares a folder with synthetic people, then serves it in the foreground."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import time
import urllib.request
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mulian.kernel.problems import Problem, register
from mulian.site import folder, forking, lan, loading, serving

register(
    "demo.port_taken", 409, "Port %(port)s is already taken.", "Stop what uses it, or choose another --port."
)
register("demo.failed", 500, "The demo could not be prepared.", "Read the lines above; then start it again.")


@dataclass(frozen=True)
class Wanted:
    """What the user asked for on the command line."""

    pack: str
    scale: str
    data: Path
    port: int
    lan: bool
    browser: bool
    at: datetime | None
    speed: float


def run(wanted: Wanted) -> int:
    """Blocks until Ctrl-C or SIGTERM. Raises `folder.busy`, `demo.port_taken`, `demo.failed`."""
    data = wanted.data.absolute()
    folder.make(data)
    held = folder.lock(data)
    host = "0.0.0.0" if wanted.lan else "127.0.0.1"
    _require_free(host, wanted.port)
    secure = lan.prepare(data / "lan", wanted.port) if wanted.lan else None
    base_url = secure.base_url if secure else f"http://127.0.0.1:{wanted.port}"
    _environment(wanted, data, base_url, secure)
    _prepare(wanted, base_url)
    pair = (secure.certificate, secure.key) if secure else (None, None)
    with _welcoming(wanted, data, base_url, secure):
        serving.serve(serving.Address(host, wanted.port, *pair))
    held.close()
    print("\nMulian stopped. Nothing is lost; the same command starts it again.", flush=True)
    return 0


def _require_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Problem("demo.port_taken", port=port) from error


def _environment(wanted: Wanted, data: Path, base_url: str, secure: lan.Secure | None) -> None:
    os.environ.update(
        MULIAN_DATA=str(data),
        MULIAN_PACK=wanted.pack,
        MULIAN_BASE_URL=base_url,
        MULIAN_DEMO="true",
    )
    if secure:
        hosts = ["127.0.0.1", "localhost", *secure.addresses]
        os.environ["MULIAN_HOSTS"] = ",".join(hosts)
        os.environ["MULIAN_ORIGINS"] = ",".join(f"https://{h}:{wanted.port}" for h in hosts)
    if wanted.at is not None or wanted.speed != 1.0:
        real = datetime.now(UTC)  # where the demo's own clock is tied to the machine's
        start = wanted.at.astimezone(UTC) if wanted.at else real
        os.environ["MULIAN_CLOCK"] = f"{start.isoformat()}|{wanted.speed}|{real.isoformat()}"


def _prepare(wanted: Wanted, base_url: str) -> None:
    """In a process of its own: seeding takes memory that the server should not keep."""
    from mulian.site import preparing  # noqa: PLC0415 -- the settings' environment stands only now

    loading.load()
    child = forking.fork(lambda: preparing.prepare(scale=wanted.scale, base_url=base_url), "mulian-prepare")
    try:
        status = forking.ended(child)
    except KeyboardInterrupt:
        forking.ended(child)
        raise
    if status:
        raise Problem("demo.failed")


@contextmanager
def _welcoming(wanted: Wanted, data: Path, base_url: str, secure: lan.Secure | None) -> Iterator[None]:
    """In a process, not in a thread: one at work while the server forks could leave it a lock that nobody opens."""
    demo = os.getpid()
    child = forking.fork(lambda: _welcome(wanted, data, base_url, secure, demo), "mulian-welcome")
    try:
        yield
    finally:
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(child, signal.SIGTERM)
            forking.ended(child)


def _welcome(wanted: Wanted, data: Path, base_url: str, secure: lan.Secure | None, demo: int) -> int:
    """Once the server answers: the address, the logins and, for phones, the QR picture and the page of trust."""
    scheme = "https" if secure else "http"
    if not _answers(f"{scheme}://127.0.0.1:{wanted.port}", demo):
        return 1
    facts = json.loads((data / "demo.json").read_text(encoding="utf-8"))
    print(f"\n  Mulian 牧联 demo is ready:  {base_url}\n", flush=True)
    width = max(len(account["username"]) for account in facts["accounts"])
    for account in facts["accounts"]:
        print(f"  {account['username']:<{width}}  {account['password']}  {account['role']}")
    print(f"\n  Phone app: {base_url}/field/    More: {data / 'demo.json'}    Stop: Ctrl-C\n", flush=True)
    if secure:
        print(secure.invitation(), flush=True)
        secure.serve_trust_page(demo)
    elif wanted.browser:
        webbrowser.open(base_url)
    return 0


def _answers(address: str, demo: int) -> bool:
    """Whether our own server on this machine answers while its demo lives (its certificate is ours too)."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    while os.getppid() == demo:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2, context=context) as response:
                return bool(response.status == 200)
        except OSError:
            time.sleep(0.1)
    return False
