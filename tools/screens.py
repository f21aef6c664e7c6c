"""Takes a picture of every screen of the phone in Tibetan and Chinese, 360×740, into docs/screens.

    make setup-dev && .venv/bin/python tools/screens.py [name…]

A demo of its own is seeded, served on a free port and thrown away. Faults of a screen (something sticks out, axe
complains, words that do not speak) are printed and end in exit code 1. Pictures are reduced to a palette: a screen of
flat colours takes about 15 KB and looks the same.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402  -- found only with the repository on the path
from playwright.sync_api import TimeoutError, sync_playwright  # noqa: E402

from tests.journeys import servers  # noqa: E402
from tests.journeys.looking import faults, kept_words  # noqa: E402
from tests.journeys.phone_screens import SCREENS  # noqa: E402
from tests.journeys.phones import LANGUAGES, Gallery, Look  # noqa: E402
from tools.browsers import chromium  # noqa: E402

PICTURES = ROOT / "docs" / "screens"
COLOURS = 96
ARGUMENTS = ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]


def main(names: list[str]) -> int:
    wanted = [look for look in SCREENS if not names or look.name in names]
    PICTURES.mkdir(parents=True, exist_ok=True)
    found: list[str] = []
    with tempfile.TemporaryDirectory(prefix="mulian-screens-") as folder, sync_playwright() as playwright:
        url = servers.seed(Path(folder))
        server = servers.Server(Path(folder), url).start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        try:
            gallery = Gallery(server, browser)
            for look in wanted:
                for language in LANGUAGES:
                    found += patiently(gallery, look, language)
        finally:
            browser.close()
            server.stop()
    print("\n".join(found) or f"{len(wanted)} screens, nothing wrong")
    return 1 if found else 0


def patiently(gallery: Gallery, look: Look, language: str) -> list[str]:
    """One picture, tried twice: a busy machine misses a moment now and then."""
    try:
        return take(gallery, look, language)
    except TimeoutError as missed:
        print(f"{look.name} ({language}): once more: {str(missed).splitlines()[0]}")
    try:
        return take(gallery, look, language)
    except TimeoutError as missed:
        return [f"{look.name} ({language}): {str(missed).splitlines()[0]}"]


def take(gallery: Gallery, look: Look, language: str) -> list[str]:
    """One picture; returns what is wrong with the screen."""
    with gallery.phone(look, language) as phone:
        look.way(phone)
        phone.page.wait_for_selector(look.seen)
        phone.page.wait_for_timeout(300)
        path = PICTURES / f"{look.name}.{language}.png"
        path.write_bytes(small(phone.page.screenshot()))
        return [f"{look.name} ({language}): {fault}" for fault in faults(phone.page, kept_words())]


def small(picture: bytes) -> bytes:
    """The same picture with a palette of its own."""
    out = io.BytesIO()
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
