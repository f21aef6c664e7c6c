"""What a screen must not have: things that stick out, foreign words, what axe finds, words that do not speak."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "assets/node_modules/axe-core/axe.min.js"

STICKS_OUT = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 3).map(e => e.outerHTML.slice(0, 90))"""
TEXTS = """() => {
  const foreign = '[lang="en"], .languages, option[value="en"], script, style'
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = []
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest(foreign)) found.push(walker.currentNode.textContent)
  }
  for (const e of document.querySelectorAll('[title], [aria-label], [placeholder], [alt], [data-label]')) {
    if (!e.closest(foreign)) for (const name of ['title', 'aria-label', 'placeholder', 'alt', 'data-label']) {
      found.push(e.getAttribute(name) ?? '')
    }
  }
  return [document.title, ...found]
}"""
HARD_TO_READ = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
  .filter(each => ['serious', 'critical'].includes(each.impact))
  .map(each => each.id + ': ' + each.nodes.slice(0, 3).map(node => node.html.slice(0, 90)).join(' | '))"""

NAMED = re.compile(r"[A-Za-z]*\d[\w-]*|\bF\d\b")
"""Case numbers, codes and keys: letters with digits in them."""
LATIN = re.compile(r"[A-Za-z]{2,}")
"""What `TEXTS` leaves out is marked as English, or is a language called by its own name."""


def kept_words() -> set[str]:
    """Names that stay as they are in every language."""
    lines = (ROOT / "locale/unchanged.txt").read_text().splitlines()
    return {word for line in lines if not line.startswith("#") for word in LATIN.findall(line)}


def latin(page: Page, kept: set[str]) -> Iterator[str]:
    for text in page.evaluate(TEXTS):
        if set(LATIN.findall(NAMED.sub("", text))) - kept:
            yield f"Latin words: {' '.join(text.split())[:80]}"


def faults(page: Page, kept: set[str]) -> list[str]:
    page.evaluate(f"{AXE.read_text()};0")
    said = [f"sticks out: {element}" for element in page.evaluate(STICKS_OUT)]
    said += dict.fromkeys(latin(page, kept))
    return said + [f"hard to read: {violation}" for violation in page.evaluate(HARD_TO_READ)]


SILENT = """async () => {
  const silent = []
  let said = ''
  speechSynthesis.speak = (words) => { said += words.text; words.onend?.() }
  const press = (element, kind) => element.dispatchEvent(new PointerEvent(kind, { bubbles: true }))
  const words = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = []
    while (walker.nextNode()) found.push(walker.currentNode)
    return found
  }
  // A press may draw the screen anew: what stood there before is looked for again by what it says.
  for (const before of words()) {
    const text = before.textContent.trim()
    const now = before.isConnected ? before : words().find((each) => each.textContent.trim() === text)
    const holder = now?.parentElement
    const unheard = holder?.closest('[aria-hidden=true], [data-private], .caption, script, style, title, textarea')
    if (!text || !holder?.checkVisibility() || unheard) continue
    said = ''
    press(holder, 'pointerdown')
    for (const until = performance.now() + 400; !said && performance.now() < until;) {
      await new Promise((done) => setTimeout(done, 2))
    }
    press(holder, 'pointercancel')
    if (!said) silent.push('says nothing: ' + text)
  }
  return silent
}"""


def silent(page: Page) -> list[str]:
    """Words a finger finds that the phone does not say (asked in a language the phone itself can speak)."""
    found: list[str] = page.evaluate(SILENT)
    return found
