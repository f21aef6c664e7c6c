"""The ways to what a liaison keeps of a family, to a scanned code, and to what a chat forwarded."""

from __future__ import annotations

from tests.core.providers.ocr.drawn import identity
from tests.journeys.phone_ways import household, wrong_clock
from tests.journeys.phones import Phone, in_charge

FORWARDED = "河边的桥断了"
FORWARD = """async (words) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 })
  canvas.getContext('2d').fillRect(8, 8, 20, 20)
  const picture = await new Promise((done) => canvas.toBlob(done, 'image/png'))
  const files = new DataTransfer()
  files.items.add(new File([picture], 'bridge.png', { type: 'image/png' }))
  const { share_target: target } = await (await fetch('manifest.webmanifest')).json()
  const { action, method, enctype, params } = target
  const form = Object.assign(document.createElement('form'), { action, method, enctype })
  const [name] = params.files.map((one) => one.name)
  const file = Object.assign(document.createElement('input'), { type: 'file', name, files: files.files })
  const text = Object.assign(document.createElement('input'), { name: params.text, value: words })
  form.append(file, text)
  document.body.append(form)
  form.submit()
}"""
"""What the phone's system does with the manifest's share target: a form posted to the app."""


def facts(phone: Phone) -> None:
    """A family the county knows much of."""
    household(phone)
    phone.page.wait_for_selector(".register")
    phone.page.locator(".register").first.evaluate("part => scrollTo(0, part.offsetTop - 80)")


def correct(phone: Phone) -> None:
    facts(phone)
    phone.page.locator(".register .row[aria-haspopup]").first.click()
    phone.page.wait_for_selector("dialog[open]")


def add_fact(phone: Phone) -> None:
    """What nobody has told of this family yet, by the picture of its heading."""
    household(phone)
    phone.page.locator(".register ~ button.button").first.click()
    phone.page.wait_for_selector(".strip .tile")


def camp_facts(phone: Phone) -> None:
    """Five pictures of what is at a camp, each answered with one press."""
    household(phone)
    phone.page.locator(".camps .has").first.click()
    phone.page.wait_for_selector("dialog[open] .fitting")


def camp_here(phone: Phone) -> None:
    household(phone)
    phone.page.locator(".camps > .button").first.click()
    phone.page.wait_for_selector(".fact.good")


def paper(phone: Phone) -> None:
    """Which paper is photographed: a drawing of each."""
    household(phone)
    phone.page.locator(".register > .button", has=phone.page.locator("svg")).last.click()
    phone.page.wait_for_selector(".paper-kind")


def paper_covered(phone: Phone) -> None:
    """A card of nobody in the picture, with the boxes where such a card has what is refused."""
    paper(phone)
    phone.page.locator(".paper-kind").nth(1).click()
    phone.page.locator(".list .row").first.click()
    phone.page.locator(".paper-sides .tile").first.click()
    phone.page.locator("input[type=file]").set_input_files(
        {"name": "card.jpg", "mimeType": "image/jpeg", "buffer": identity()}
    )
    phone.page.wait_for_selector(".paper-box")


def scan(phone: Phone) -> None:
    phone.page.goto("/field/")
    phone.page.locator(".enrol > .button").click()
    phone.page.wait_for_selector(".codes video")


def forwarded(phone: Phone) -> None:
    phone.home()
    in_charge(phone.page)
    phone.spoke = True  # it waits on the first screen as a recording does
    phone.page.evaluate(FORWARD, FORWARDED)
    phone.page.wait_for_selector(".strip img")


def unheard(phone: Phone) -> None:
    """No word comes from the county: only the clock itself is there to be doubted."""
    phone.page.route("**/field/sync", lambda route: route.abort())
    wrong_clock(phone)
