"""`python -m bench.app [--taps N] [--slower N]`: the phone app in Chromium: its weight, how soon it answers.

A liaison's real data (25 households, 100 members, 40 tasks) is on the phone; the processor is slowed six times (CDP).
Each kind of tap has a line of its own: how long the finger waited for the app, the app worked, the picture took.
"""

from __future__ import annotations

import argparse
import gzip
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
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
  let touched = '';
  document.addEventListener('pointerdown', event => {
    const thing = event.target.closest?.('a, button, summary');
    const screen = location.hash.split(/[/?]/)[1] || 'home';
    const kind = thing?.className.split(' ')[0] || thing?.tagName.toLowerCase() || '';
    const words = thing?.getAttribute('aria-label') || thing?.textContent || '';
    touched = `${screen} · ${kind} · ${words.trim().slice(0, 12)}`;
  }, true);
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) {
      if (!entry.interactionId || entry.duration <= (window.taps[entry.interactionId]?.[0] ?? 0)) continue;
      const {duration, startTime, processingStart, processingEnd} = entry;
      const end = startTime + duration;
      window.taps[entry.interactionId] = [
        duration, touched, processingStart - startTime, processingEnd - processingStart, end - processingEnd];
    }
  }).observe({type: "event", durationThreshold: 16});
}"""
"""Event Timing: for each finger how long until the next picture, what it touched, and where the time went: waiting for
the app to listen, in the app's own handlers, until the picture."""
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


@dataclass(frozen=True)
class Tap:
    """One finger, in milliseconds: `waited` for the app to listen, `worked` in its handlers, `painted` the picture."""

    total: float
    touched: str
    waited: float = 0.0
    worked: float = 0.0
    painted: float = 0.0

    @property
    def kind(self) -> str:
        """The screen and the kind of thing on it."""
        return " · ".join(self.touched.split(" · ")[:2])


def fingers(context: BrowserContext, county: County, taps: int, slower: int) -> Iterator[Row]:
    """Random real taps all over the app; each lasts from the finger to the next picture on the glass."""
    page = context.new_page()
    page.goto(f"{county.server.base_url}/field/#enrol={county.liaisons['heavy'].code}")
    page.locator("button.mic").first.wait_for()
    page.wait_for_timeout(3000)  # the first sync
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.reload()
    began = time.monotonic()
    page.locator("button.mic").first.wait_for()
    yield Row(f"opened again, {slower}× slower, until the microphone", f"{time.monotonic() - began:.1f} s")
    page.evaluate(LISTEN)
    done = _walk(page, taps)
    found = [Tap(*each) for each in page.evaluate("() => Object.values(window.taps)")]
    times = [tap.total for tap in found] + [LEAST] * max(0, len(done) - len(found))
    worst = at(0.95, times)
    figure = f"p50 {at(0.5, times):.0f} ms, p95 {worst:.0f} ms, max {max(times):.0f} ms, n = {len(times)}"
    yield Row(f"tap → next picture, {slower}× slower", figure, "p95 ≤ 100 ms", worst <= 100)
    yield Row("  on screens", ", ".join(sorted(set(done))))
    yield from _kinds(found)
    for tap in sorted(found, key=lambda tap: -tap.total)[:5]:
        yield Row(f"  slow: {tap.touched}", _parts(tap.total, [tap]))


def _kinds(found: list[Tap]) -> Iterator[Row]:
    """Each kind of tap, slowest first."""
    kinds: dict[str, list[Tap]] = {}
    for tap in found:
        kinds.setdefault(tap.kind, []).append(tap)
    for kind, taps in sorted(kinds.items(), key=lambda pair: -max(tap.total for tap in pair[1])):
        middle = at(0.5, [tap.total for tap in taps])
        yield Row(
            f"  {kind} ({len(taps)})", f"max {max(tap.total for tap in taps):.0f}, " + _parts(middle, taps)
        )


def _parts(middle: float, taps: list[Tap]) -> str:
    waited, worked, painted = (
        at(0.5, [getattr(tap, part) for tap in taps]) for part in ("waited", "worked", "painted")
    )
    return f"p50 {middle:.0f} ms: {waited:.0f} waiting, {worked:.0f} work, {painted:.0f} picture"


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
    words.add_argument(
        "--slower", type=int, default=SLOWER, help="how many times slower the processor is made"
    )
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
        show(
            "A finger on a slow phone",
            fingers(browser.new_context(**options), county, asked.taps, asked.slower),
        )
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
