"""The ways to forms on a phone: the list, a question the register answered, a day, what is missing, the last look."""

from __future__ import annotations

from tests.journeys.phone_ways import at
from tests.journeys.phones import Phone, Way

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
        _on(phone)
    while not phone.page.locator(".page.form .list.plain").count():
        _on(phone)


def _first_page(phone: Phone) -> None:
    phone.page.locator(".answer-row").first.click()
    phone.page.locator(".day-answer > .button").click()
    phone.page.locator(NEXT).click()


def _on(phone: Phone) -> None:
    head = phone.page.locator(".form-head").inner_text()
    phone.page.locator(NEXT).click()
    phone.page.wait_for_function("was => document.querySelector('.form-head').innerText !== was", arg=head)


def _open(phone: Phone, code: str, shows: str) -> None:
    forms(phone)
    phone.page.evaluate("code => { location.hash = `#/forms/new/${code}` }", code)
    phone.page.wait_for_selector(shows)
