"""The fault proxy does to a connection exactly what it is told, before anything is measured with it."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any

import pytest

from bench.link import P2G, PLAIN, Fault, Link, Way
from bench.proxy import Proxy

BODY = b"x" * 5000


class Hearing(BaseHTTPRequestHandler):
    """Notes how many bytes of each body came, and answers with as many."""

    protocol_version = "HTTP/1.1"
    heard: list[int]
    lock: threading.Lock

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.lock:
            self.heard.append(len(body))
            self.lock_count.release()
        if len(body) == int(self.headers["Content-Length"]):
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass

    lock_count: threading.Semaphore


@pytest.fixture
def hearing() -> Iterator[Any]:
    """A real server on a port of its own (`port`), with a list of what it heard."""
    kind: Any = type("Here", (Hearing,), {})
    kind.heard, kind.lock, kind.lock_count = [], threading.Lock(), threading.Semaphore(0)
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    server.daemon_threads = True
    kind.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield kind
    server.shutdown()
    thread.join()
    server.server_close()


def post(port: int) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("POST", "/", BODY)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def through(hearing: Any, *faults: Fault, link: Link = PLAIN) -> Proxy:
    return Proxy(hearing.port, link=link, faults=iter(faults))


LOST = (http.client.HTTPException, OSError)


def test_a_sound_line_changes_nothing_and_counts_both_ways(hearing: Any) -> None:
    with through(hearing) as proxy:
        assert post(proxy.port) == (200, BODY)
    assert hearing.heard == [5000]
    assert proxy.crossed.connections == 1
    assert (proxy.crossed.up.crossed > 5000, proxy.crossed.down.crossed > 5000) == (True, True)


def test_cut_in_the_body_the_server_never_has_the_whole(hearing: Any) -> None:
    with through(hearing, Fault(cut_up=2500)) as proxy:
        with pytest.raises(LOST):
            post(proxy.port)
        assert hearing.lock_count.acquire(timeout=60)
    (came,) = hearing.heard
    assert 0 < came < 2500
    assert proxy.crossed.up.crossed == 2500


def test_the_reply_is_dropped_after_the_server_has_acted(hearing: Any) -> None:
    with through(hearing, Fault(cut_down=0)) as proxy, pytest.raises(LOST):
        post(proxy.port)
    assert hearing.heard == [5000]
    assert proxy.crossed.down.crossed == 0


def test_half_a_reply_is_no_reply(hearing: Any) -> None:
    with through(hearing, Fault(cut_down=3000)) as proxy, pytest.raises(LOST):
        post(proxy.port)
    assert proxy.crossed.down.crossed == 3000


def test_copies_reach_the_server_too_and_the_phone_hears_one_answer(hearing: Any) -> None:
    with through(hearing, Fault(copies=4)) as proxy:
        assert post(proxy.port) == (200, BODY)
        for _ in range(5):
            assert hearing.lock_count.acquire(timeout=60)
    assert hearing.heard == [5000] * 5


def test_a_captive_portal_says_200_and_the_server_hears_nothing(hearing: Any) -> None:
    with through(hearing, Fault(portal=True)) as proxy:
        status, page = post(proxy.port)
    assert (status, b"<title>" in page) == (200, True)
    assert hearing.heard == []


def test_no_network_refuses_until_it_is_back(hearing: Any) -> None:
    with through(hearing) as proxy:
        proxy.take_down()
        with pytest.raises(LOST):
            post(proxy.port)
        proxy.bring_up()
        assert post(proxy.port) == (200, BODY)
    assert hearing.heard == [5000]


def test_a_slow_line_takes_its_time_for_every_segment() -> None:
    way = Way(P2G, Random(1))
    times = [way.departs(1000, now=0.0) for _ in range(200)]
    sent_twice = sum(late > 0 for _, late in times)
    assert times[0][0] == pytest.approx(0.4)  # 1,000 bytes at 20 kbit/s
    assert times[-1][0] == pytest.approx((200 + sent_twice) * 0.4)
    assert way.crossed == (200 + sent_twice) * 1000
    assert 0 < sent_twice < 20


def test_a_rested_line_starts_at_once() -> None:
    way = Way(P2G, Random(1))
    way.departs(1000, now=0.0)
    assert way.departs(500, now=100.0)[0] == pytest.approx(100.2)
