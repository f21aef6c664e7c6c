"""Draws the pictures of the packs' forms: every SVG of a folder `drawings/` becomes a small PNG in `media/` beside it.

Run after a drawing was changed; the PNGs are kept in the repository, so that nothing needs a browser to publish a form.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from browsers import chromium
from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SIDE, COLOURS = 144, 16
"""Pixels; enough for two of a phone's for each of ours at 72."""
SHEET = "<style>*{margin:0}body{background:#fff}svg{display:block;width:%dpx;height:%dpx}</style>%s"


def draw(page: Page, source: Path, target: Path) -> None:
    page.set_content(SHEET % (SIDE, SIDE, source.read_text("utf-8")))
    picture = Image.open(io.BytesIO(page.screenshot(clip={"x": 0, "y": 0, "width": SIDE, "height": SIDE})))
    picture.convert("RGB").quantize(COLOURS).save(target, "PNG", optimize=True)


def main() -> int:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium())
        page = browser.new_page(viewport={"width": SIDE, "height": SIDE})
        for source in sorted(ROOT.glob("packs/*/forms/drawings/*.svg")):
            draw(page, source, source.parents[1] / "media" / f"{source.stem}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
