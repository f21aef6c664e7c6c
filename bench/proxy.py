"""The TCP fault proxy: stands between a phone and a real server and behaves like a bad line.

    with Proxy(port, link=P2G) as proxy:            # slow, far, lossy, breaking
    with Proxy(port, faults=iter([Fault(cut_down=0)])) as proxy:     # the first connection loses its reply

Loopback only. Everything happens on one thread with an event loop of its own.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import suppress
from itertools import repeat
from random import Random
from typing import Any

from bench.link import PLAIN, SEGMENT, SOUND, Crossed, Fault, Link, Way

PORTAL = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 29\r\n\r\n<title>Buy an hour?</title>ok\n"
)
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Proxy:
    """Listens on `port` (a free one by itself) and passes everything on to `target` on this machine."""

    def __init__(
        self, target: int, *, link: Link = PLAIN, faults: Iterator[Fault] | None = None, seed: int = 0
    ) -> None:
        self.target, self.link = target, link
        self.faults = faults or repeat(SOUND)
        self.chance = Random(f"proxy:{seed}")
        self.crossed = Crossed(up=Way(link, self.chance), down=Way(link, self.chance))
        self.port = 0
        self._down = False
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)

    def __enter__(self) -> Proxy:
        self._thread.start()
        self._call(self._listen())
        return self

    def __exit__(self, *_: object) -> None:
        self._call(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def cut(self) -> None:
        """Breaks every connection now."""
        self._loop.call_soon_threadsafe(self._abort_all)

    def take_down(self) -> None:
        """No network until `bring_up`: open connections break, new ones are refused."""
        self._call(self._switch(True))

    def bring_up(self) -> None:
        self._call(self._switch(False))

    def _call(self, work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _switch(self, down: bool) -> None:
        self._down = down
        if down:
            self._abort_all()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        if self.link.up_seconds:
            self._spawn(self._break_often())

    async def _close(self) -> None:
        self._server.close()
        self._abort_all()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _spawn(self, work: Any) -> asyncio.Task[Any]:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _break_often(self) -> None:
        while True:
            await asyncio.sleep(self.chance.expovariate(1 / self.link.up_seconds))
            self.crossed.breaks += 1
            before, self._down = self._down, True
            self._abort_all()
            await asyncio.sleep(self.link.down_seconds)
            self._down = before

    def _abort_all(self) -> None:
        for writer in list(self._open):
            writer.transport.abort()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._spawn(self._serve(reader, writer))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._down:
            writer.transport.abort()
            return
        self.crossed.connections += 1
        self._open.add(writer)
        with suppress(OSError, asyncio.IncompleteReadError, ValueError):
            await self._answer((reader, writer), next(self.faults, SOUND))
        writer.transport.abort()
        self._open.discard(writer)

    async def _answer(self, phone: Stream, fault: Fault) -> None:
        await asyncio.sleep(self.link.round_trip * self.link.handshakes)
        if fault.portal:
            await _whole_request(phone[0])
            phone[1].write(PORTAL)
            await phone[1].drain()
            return
        first = await _whole_request(phone[0]) if fault.copies else b""
        server = await asyncio.open_connection("127.0.0.1", self.target)
        self._open.add(server[1])
        try:
            twins = [self._spawn(self._copy(first)) for _ in range(fault.copies)]
            server[1].write(first)
            await self._both_ways(phone, server, fault)
            await asyncio.gather(*twins)
        finally:
            self._open.discard(server[1])
            server[1].transport.abort()

    async def _copy(self, request: bytes) -> None:
        """One more of the same request; its answer is read by nobody who cares."""
        with suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.target)
            writer.write(request)
            with suppress(TimeoutError):
                await asyncio.wait_for(reader.read(SEGMENT), 20)
            writer.transport.abort()

    async def _both_ways(self, phone: Stream, server: Stream, fault: Fault) -> None:
        """Until either side ends or is cut."""
        up = self._spawn(self._carry(phone[0], server[1], self.crossed.up, fault.cut_up))
        down = self._spawn(self._carry(server[0], phone[1], self.crossed.down, fault.cut_down))
        _, rest = await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
        for task in rest:
            task.cancel()
        await asyncio.gather(up, down, return_exceptions=True)

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: Way, cut: int | None
    ) -> None:
        """Passes bytes on as the line lets them, until the sender ends or the line is cut."""
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        arriving = self._spawn(_arrive(under_way, writer))
        try:
            left = cut
            while piece := await reader.read(SEGMENT):
                piece = piece if left is None else piece[:left]
                gone, late = way.departs(len(piece), self._loop.time())
                await asyncio.sleep(gone - self._loop.time())
                under_way.put_nowait((self._loop.time() + self.link.round_trip / 2 + late, piece))
                left = None if left is None else left - len(piece)
                if left is not None and left <= 0:
                    break
            under_way.put_nowait((0.0, b""))
            await arriving
        finally:
            arriving.cancel()


async def _arrive(under_way: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
    """Hands bytes over when they have come through, in order."""
    now = asyncio.get_running_loop().time
    while True:
        at, piece = await under_way.get()
        if not piece:
            return
        await asyncio.sleep(at - now())
        writer.write(piece)
        await writer.drain()


async def _whole_request(reader: asyncio.StreamReader) -> bytes:
    """One HTTP request, head and body."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").lower().split("\r\n")
    sizes = [int(line.partition(":")[2]) for line in lines if line.startswith("content-length:")]
    return head + (await reader.readexactly(sizes[0]) if sizes else b"")
