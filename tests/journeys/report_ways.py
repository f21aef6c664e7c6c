"""The ways to what is seen while somebody reports."""

from __future__ import annotations

from tests.journeys.phone_troubles import A_CALL_COMES
from tests.journeys.phones import Phone, Way, go, still

HELD_MS = 1300
"""The urgent button is held for a second, so that no pocket presses it."""


def recording(phone: Phone) -> None:
    phone.speak(1.2)
    phone.page.wait_for_selector(".voice.live")


def recorded(phone: Phone) -> None:
    phone.record()


def families(phone: Phone) -> None:
    phone.record()
    phone.page.locator(".extras .tile.household").click()
    phone.page.wait_for_selector(".picker .family")
    phone.page.locator(".picker").evaluate("picker => picker.scrollIntoView()")


def urgent(phone: Phone) -> None:
    phone.home()
    phone.spoke = True
    phone.page.locator("footer.dock [data-hold]").click(delay=HELD_MS)
    phone.page.wait_for_selector("footer.dock button.mic.live")
    phone.page.wait_for_timeout(800)
    phone.page.locator("footer.dock button.mic.live").click()
    phone.page.wait_for_selector(".hazards .tile")
    phone.page.locator(".hazards .tile").first.click()


def saved(phone: Phone) -> None:
    phone.record()
    phone.page.locator("footer.dock .button.primary").click()
    phone.page.wait_for_selector(".saved")


def call(phone: Phone) -> None:
    recording(phone)
    phone.page.evaluate(A_CALL_COMES)
    phone.page.wait_for_selector(".voice.held")


def unsaved(phone: Phone) -> None:
    recording(phone)
    phone.page.goto("about:blank")
    phone.page.goto("/field/")
    phone.page.wait_for_selector(".note .button")


def full(phone: Phone) -> None:
    phone.record()
    phone.page.locator("footer.dock .button.primary").click()
    phone.page.wait_for_selector(".trouble.grave")
    phone.page.locator(".trouble").scroll_into_view_if_needed()


def no_microphone(phone: Phone) -> None:
    phone.home()
    phone.page.locator("footer.dock button.mic").click()
    phone.page.wait_for_selector(".voice .trouble")


def no_place(phone: Phone) -> None:
    phone.record()
    phone.page.wait_for_selector(".extras .trouble")
    phone.page.locator(".extras .trouble").scroll_into_view_if_needed()


def unsent(place: str, shows: str) -> Way:
    """The same on a phone that said something without network."""

    def way(phone: Phone) -> None:
        phone.record()
        phone.context.set_offline(True)
        phone.page.locator("footer.dock .button.primary").click()
        phone.page.wait_for_selector(".saved")
        go(phone.page, place)
        phone.page.wait_for_selector(shows)
        still(phone.page)

    return way
