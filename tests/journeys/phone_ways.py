"""The ways to the phone's screens, as a finger goes them."""

from __future__ import annotations

from tests.journeys.phones import Phone, Way, go, still

PIN = "2222"


def start(phone: Phone) -> None:
    phone.home()


def wrong_clock(phone: Phone) -> None:
    phone.home()
    phone.page.wait_for_selector(".trouble")


def too_old(phone: Phone) -> None:
    answer = {
        "status": 400,
        "content_type": "application/problem+json",
        "body": '{"code":"sync.version","title":""}',
    }
    phone.page.route("**/field/sync", lambda route: route.fulfill(**answer))
    phone.home()
    phone.page.wait_for_selector(".trouble.grave")


def offline(phone: Phone) -> None:
    phone.home()
    phone.context.set_offline(True)
    phone.page.wait_for_selector(".note.warning")


def languages(phone: Phone) -> None:
    phone.home()
    phone.page.locator("button[aria-haspopup=dialog]").click()
    phone.page.wait_for_selector("dialog[open]")


def household(phone: Phone) -> None:
    phone.households()
    phone.page.locator(".list .row").first.click()
    phone.page.wait_for_selector(".page")


def case(phone: Phone) -> None:
    phone.home()
    phone.page.locator(".list .row, .list .card").first.click()
    phone.page.wait_for_selector(".page")


def at(place: str, shows: str = "main") -> Way:
    """A screen with an address of its own."""

    def way(phone: Phone) -> None:
        phone.home()
        go(phone.page, place)
        phone.page.wait_for_selector(shows)
        still(phone.page)

    return way


ROWS = 5
"""Families every liaison of the demo has at least."""


def first(place: str) -> Way:
    """The first thing of a list."""

    def way(phone: Phone) -> None:
        at(place, ".row")(phone)
        phone.page.locator("main .row").first.click()
        phone.page.wait_for_selector("footer.dock")
        still(phone.page)

    return way


def moved(phone: Phone) -> None:
    """A family that moved today, told where there is no network."""
    here = phone.page.locator(".camps .button.small")
    for row in range(ROWS):
        phone.households()
        phone.page.locator(".list .row").nth(row).click()
        phone.page.wait_for_selector(".page .facts")
        still(phone.page)
        if here.count():
            break
    phone.context.set_offline(True)
    here.first.click()
    phone.page.wait_for_selector(".camps .note")
    phone.page.locator(".camps .note").scroll_into_view_if_needed()


def found(phone: Phone) -> None:
    at("search")(phone)
    phone.page.fill("input[type=search]", "柯曲")
    phone.page.wait_for_selector(".list .row")


def way_there(phone: Phone) -> None:
    at("map", ".pair-row")(phone)
    phone.page.locator(".pair-row .row").nth(1).click()
    phone.page.wait_for_selector(".paper .way")
    phone.page.evaluate("scrollTo(0, 0)")


def _type_pin(phone: Phone) -> None:
    for _ in PIN:
        phone.page.locator(".keypad .key", has_text=PIN[0]).first.click()
    phone.page.locator(".keypad .key.go").click()


def _pin_chosen(phone: Phone) -> None:
    """From here on this phone asks for its PIN at every start."""
    at("pin", ".keypad")(phone)
    phone.page.locator(".keypad").evaluate("first => { first.dataset.left = '' }")
    _type_pin(phone)
    phone.page.wait_for_selector(".keypad:not([data-left])")
    _type_pin(phone)
    phone.page.wait_for_selector(".keypad", state="detached")


def locked(phone: Phone) -> None:
    _pin_chosen(phone)
    phone.page.reload()
    phone.page.wait_for_selector(".keypad")
