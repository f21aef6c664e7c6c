"""A slow machine on a bad line, to look for tests and screens that hang on what arrives first:

    python -m pytest -p tests.journeys.hardship tests/journeys/test_voice_first.py
    python -m pytest -p tests.journeys.hardship --slower 3 --late-ms 2000 …

Every page computes `--slower` times slower, and every answer of a server is held back by chance for up to `--late-ms`
milliseconds, so that answers overtake each other. A step that fails here and not otherwise waits for an order of
arrival instead of for what the screen shows; somebody in the valley meets the same.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from random import Random
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, BrowserType, Page

LEAST_MS = 20
PIECE = 65_536


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slower", type=float, default=6.0, help="how many times slower a page computes")
    parser.addoption("--late-ms", type=int, default=400, help="the longest an answer is held back")


@pytest.fixture(scope="session", autouse=True)
def hardship(request: pytest.FixtureRequest) -> Iterator[None]:
    """Browsers that are started from here on have it hard."""
    config = request.config
    with pytest.MonkeyPatch.context() as patch, Late(config.getoption("--late-ms")) as line:
        for name in ("launch", "launch_persistent_context"):
            patch.setattr(BrowserType, name, _behind(getattr(BrowserType, name), line))
        patch.setattr(
            BrowserContext, "new_page", _slower(BrowserContext.new_page, config.getoption("--slower"))
        )
        yield


def _behind(start: Callable[..., Any], line: Late) -> Callable[..., Any]:
    """The browser asks through the line, this machine's servers too."""
    way = [f"--proxy-server=http://127.0.0.1:{line.port}", "--proxy-bypass-list=<-loopback>"]

    def started(*given: Any, **options: Any) -> Any:
        return start(*given, **{**options, "args": [*options.get("args", ()), *way]})

    return started


def _slower(open_page: Callable[..., Page], times: float) -> Callable[..., Page]:
    def opened(context: BrowserContext) -> Page:
        page = open_page(context)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": times})
        return page

    return opened


class Late:
    """An HTTP proxy on this machine that hands every answer over late."""

    def __init__(self, most_ms: int) -> None:
        self.most_ms = max(most_ms, LEAST_MS)
        self.chance = Random("late")
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="late", daemon=True)

    def __enter__(self) -> Late:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(30)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _listen(self) -> None:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=PIECE * 16)
        self.port = server.sockets[0].getsockname()[1]

    async def _serve(self, browser: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            await self._answer(browser, back)
        back.transport.abort() if back.transport.get_write_buffer_size() else back.close()

    async def _answer(self, browser: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        """One request on each connection: what was asked later may be answered sooner."""
        head = (await browser.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, address, _ = head[0].split(" ")
        asked = urlsplit(address)
        kept = [line for line in head[1:] if line and not line.lower().startswith(("connection:", "proxy-"))]
        sizes = [int(line.partition(":")[2]) for line in kept if line.lower().startswith("content-length:")]
        body = await browser.readexactly(sizes[0]) if sizes else b""
        server, there = await asyncio.open_connection(asked.hostname, asked.port or 80)
        path = asked._replace(scheme="", netloc="", fragment="").geturl() or "/"
        there.write(
            "\r\n".join([f"{method} {path} HTTP/1.1", *kept, "Connection: close", "", ""]).encode("latin-1")
        )
        there.write(body)
        answer = await server.readuntil(b"\r\n\r\n")
        await asyncio.sleep(self.chance.uniform(LEAST_MS, self.most_ms) / 1000)
        back.write(answer.replace(b"\r\n\r\n", b"\r\nProxy-Connection: close\r\n\r\n"))
        while piece := await server.read(PIECE):
            back.write(piece)
            await back.drain()
        there.close()
