"""`python -m bench.app [--taps N]`: the built phone app in Chromium: what it weighs, and how soon it answers a finger.

A liaison's real data (25 households, 100 members, 40 tasks) is on the phone; the processor is slowed six times (CDP).
"""

from __future__ import annotations

import argparse
import gzip
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, sync_playwright

from bench.county import County, running
from bench.inside import ROOT
from bench.table import at, show
from mulian.site.benching.measures import Row

sys.path.append(str(ROOT / "tools"))
import browsers  # type: ignore[import-not-found]

BUILT = Path(os.environ.get("MULIAN_FIELD_DIST", ROOT / "src/mulian/site/field/dist"))
SLOWER = 6
FIRST_LOAD = 150 * 1024
LEAST = 8.0
"""Milliseconds given to a tap too quick for the browser to report (it reports from 16 on, in steps of 8)."""
LISTEN = """() => {
  window.taps = {};
  new PerformanceObserver(list => {
    for (const { interactionId: id, duration, target } of list.getEntries()) {
      if (!id || duration <= (window.taps[id]?.[0] ?? 0)) continue;
      const words = target?.closest?.("a, button, summary")?.textContent ?? "";
      window.taps[id] = [duration, `${location.hash || "#/"} ${words.trim().slice(0, 16)}`];
    }
  }).observe({type: "event", durationThreshold: 16});
}"""
"""Event Timing: for each finger how long until the next picture, and what it touched (the screen it led to)."""
TAPPABLE = "a[href^='#']:visible, button:visible:not([disabled]), summary:visible"


def weight(context: BrowserContext, county: County) -> Iterator[Row]:
    """The files a browser asks for before the app stands, as packed with gzip; the worker fetches the rest later."""
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto(f"{county.server.base_url}/field/", wait_until="load")
    page.locator("main").first.wait_for()
    page.close()
    names = sorted(
        {path.removeprefix("/field/") or "index.html" for path in asked if path.startswith("/field/")}
    )
    files = [BUILT / name for name in names if (BUILT / name).is_file()]
    plain = [file for file in files if file.suffix != ".woff2" and file.name != "sw.js"]
    size = sum(map(_packed, plain))
    yield Row("first load, gzip, without the Tibetan font", _kib(size), "≤ 150 KiB", size <= FIRST_LOAD)
    yield Row("  files", ", ".join(f"{file.name} {_packed(file) / 1024:.1f}" for file in plain)[:110])
    kept = [f for f in BUILT.rglob("*") if f.is_file() and f.suffix not in (".woff2", ".gz", ".br", ".map")]
    yield Row("all that is kept for use without network, gzip", _kib(sum(map(_packed, kept))))


def fingers(context: BrowserContext, county: County, taps: int) -> Iterator[Row]:
    """Random real taps all over the app; each lasts from the finger to the next picture on the glass."""
    page = context.new_page()
    page.goto(f"{county.server.base_url}/field/#enrol={county.liaisons['heavy'].code}")
    page.locator("button.mic").first.wait_for()
    page.wait_for_timeout(3000)  # the first sync
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.reload()
    began = time.monotonic()
    page.locator("button.mic").first.wait_for()
    yield Row(f"opened again, {SLOWER}× slower, until the microphone", f"{time.monotonic() - began:.1f} s")
    page.evaluate(LISTEN)
    done = _walk(page, taps)
    found: list[tuple[float, str]] = [
        (float(ms), what) for ms, what in page.evaluate("() => Object.values(window.taps)")
    ]
    times = [ms for ms, _ in found] + [LEAST] * max(0, len(done) - len(found))
    worst = at(0.95, times)
    figure = f"p50 {at(0.5, times):.0f} ms, p95 {worst:.0f} ms, max {max(times):.0f} ms, n = {len(times)}"
    yield Row(f"tap → next picture, {SLOWER}× slower", figure, "p95 ≤ 100 ms", worst <= 100)
    yield Row("  on screens", ", ".join(sorted(set(done))))
    slowest = sorted(found, reverse=True)[:5]
    yield Row("  slowest", "; ".join(f"{ms:.0f} ms {what}" for ms, what in slowest))


def _walk(page: Page, taps: int) -> list[str]:
    """Taps something that is there, again and again; answers the screens it was on."""
    chance, screens = Random("taps"), []
    for turn in range(taps):
        if turn % 7 == 6:
            page.evaluate("() => { location.hash = '#/' }")
            page.wait_for_timeout(300)
        things = page.locator(TAPPABLE)
        count = things.count()
        if not count:
            page.evaluate("() => { location.hash = '#/' }")
            continue
        screens.append(page.evaluate("() => (location.hash.split(/[/?]/)[1] || 'home')"))
        thing = things.nth(chance.randrange(count))
        try:
            thing.tap(timeout=1500)
        except Exception:
            screens.pop()
        page.wait_for_timeout(250)
    return screens


def _packed(file: Path) -> int:
    beside = file.with_name(file.name + ".gz")
    if beside.is_file():
        return beside.stat().st_size
    raw = file.read_bytes()
    return min(len(raw), len(gzip.compress(raw, 9)))


def _kib(size: int) -> str:
    return f"{size / 1024:.1f} KiB"


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m bench.app", description=__doc__)
    words.add_argument("--taps", type=int, default=80)
    asked = words.parse_args()
    path = browsers.chromium()
    if path is None or not (BUILT / "index.html").exists():
        print("bench.app: needs Chromium (Debian: apt-get install chromium) and the built app (make setup)")
        return 0
    options: dict[str, Any] = {
        "viewport": {"width": 360, "height": 740},
        "has_touch": True,
        "is_mobile": True,
        "locale": "zh-CN",
        "permissions": ["microphone"],
    }
    flags = ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    with running("heavy:25:100:1:40") as county, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        show("The phone app's weight", weight(browser.new_context(**options), county))
        show("A finger on a slow phone", fingers(browser.new_context(**options), county, asked.taps))
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
