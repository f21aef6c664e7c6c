"""The ways to forms on a phone: the list, a question the register answered, a day, what is missing, the last look."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.phone_ways import at
from tests.journeys.phones import Phone, Way, go

NEXT = ".form-dock .button.primary"


def forms(phone: Phone) -> None:
    """The list, once the county's forms are on the phone."""
    at("forms", ".list .row .badge")(phone)


def begun(code: str) -> Way:
    """The first page of a form, about the first family."""

    def way(phone: Phone) -> None:
        _open(phone, code, "main .list .row .face, .page.form .question")
        if phone.page.locator("main .list .row .face").count():
            phone.page.locator("main .list .row").first.click()
        phone.page.wait_for_selector(".page.form .question")

    return way


def known(phone: Phone) -> None:
    """A question to which the register has the answer, with its day."""
    begun("household")(phone)
    phone.page.locator(NEXT).click()
    phone.page.wait_for_selector(".question .fact.quiet")


def missing(phone: Phone) -> None:
    """On without an answer that is needed: it is said what is missing."""
    begun("livestock")(phone)
    phone.page.locator(NEXT).click()
    phone.page.wait_for_selector(".question.wrong")


def herds(phone: Phone) -> None:
    """A list of what there are several of."""
    begun("livestock")(phone)
    _first_page(phone)
    phone.page.wait_for_selector(".question > .button")


def review(phone: Phone) -> None:
    """Everything once more, before it is sent."""
    herds(phone)
    phone.page.locator(".question > .button").last.click()
    phone.page.locator(".answer-row").first.click()
    while not phone.page.locator(".question > .list").count():
        on(phone.page)
    while not phone.page.locator(".page.form .list.plain").count():
        on(phone.page)


def _first_page(phone: Phone) -> None:
    phone.page.locator(".answer-row").first.click()
    phone.page.locator(".day-answer > .button").click()
    phone.page.locator(NEXT).click()


def on(page: Page) -> None:
    """The next page of the form, once it is there."""
    head = page.locator(".form-head").inner_text()
    page.locator(NEXT).click()
    expect(page.locator(".form-head")).not_to_have_text(head, use_inner_text=True)


def _open(phone: Phone, code: str, shows: str) -> None:
    forms(phone)
    go(phone.page, f"forms/new/{code}")
    phone.page.wait_for_selector(shows)
