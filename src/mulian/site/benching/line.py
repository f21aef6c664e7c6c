"""A kept HTTP connection that costs the generator little: the load shares the machine with what it measures."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from typing import BinaryIO

Answer = tuple[int, dict[str, str], bytes]
LIMIT = 60.0


class Line:
    """Posts, and reads status, headers (names in small letters) and body. Opens again what was closed while idle."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open()

    def post(self, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{lines}Content-Length: {len(body)}\r\n\r\n"
        try:
            return self._exchange(head.encode() + body)
        except (BrokenPipeError, ConnectionResetError):
            self._open()
            return self._exchange(head.encode() + body)

    def _open(self) -> None:
        self._socket = socket.create_connection(("127.0.0.1", self._port), LIMIT)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._reader: BinaryIO = self._socket.makefile("rb")

    def _exchange(self, message: bytes) -> Answer:
        self._socket.sendall(message)
        first = self._reader.readline()
        if not first:
            raise ConnectionResetError
        headers = {}
        while (line := self._reader.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        return int(first.split()[1]), headers, self._body(headers)

    def _body(self, headers: Mapping[str, str]) -> bytes:
        if headers.get("transfer-encoding", "") != "chunked":
            return self._reader.read(int(headers.get("content-length", "0")))
        found = b""
        while size := int(self._reader.readline().split(b";")[0], 16):
            found += self._reader.read(size)
            self._reader.readline()
        self._reader.readline()
        return found
