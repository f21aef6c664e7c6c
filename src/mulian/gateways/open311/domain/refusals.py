"""What a request may be refused for, in the standard's statuses (400, 403, 404) and our own sentences."""

from __future__ import annotations

from collections.abc import Iterable

from mulian.kernel.problems import Problem, register

NO_SYSTEM = register(
    "open311.no_system",
    422,
    "This system is not set up here.",
    "Ask the administrator to name it in the settings.",
)
NO_TOPIC = register(
    "open311.no_topic", 422, "There is no such topic in this county.", "Choose one of the list."
)
NO_SERVICE_THERE = register(
    "open311.no_service_there",
    422,
    "They do not offer this service.",
    "Choose one of their list, or ask for it again.",
)
KEY_NEEDED = register(
    "open311.key_needed", 403, "This needs an api_key.", "Ask the county centre for one and send it along."
)
KEY_UNKNOWN = register(
    "open311.key_unknown", 403, "This api_key is not valid here.", "Ask the county centre for a new one."
)
CODE_NEEDED = register("open311.code_needed", 400, "service_code is missing.", "Send one of GET services.")
NO_SERVICE = register(
    "open311.no_service", 404, "There is no service of this service_code.", "Send one of GET services."
)
PLACE_NEEDED = register(
    "open311.place_needed",
    400,
    "A place is missing: lat and long, address_string or address_id.",
    "Send one of the three.",
)
BAD_POINT = register(
    "open311.bad_point",
    400,
    "lat and long must both be sent, as degrees in WGS84.",
    "Send both, for instance lat=33.97 and long=99.90.",
)
BAD_ADDRESS = register(
    "open311.bad_address", 400, "There is no such address_id.", "Send the code of a place, or address_string."
)
SAY_SOMETHING = register(
    "open311.say_something", 400, "description is missing.", "Say in a sentence what is wrong."
)
TOO_LONG = register(
    "open311.too_long", 400, "description is longer than 4,000 characters.", "Make it shorter."
)
ANSWER_NEEDED = register(
    "open311.answer_needed",
    400,
    "attribute[%(attribute)s] is missing.",
    "The service's definition says what it asks.",
)
BAD_ANSWER = register(
    "open311.bad_answer",
    400,
    "attribute[%(attribute)s] is not what the service's definition asks for.",
    "The service's definition says what it asks.",
)
BAD_TIME = register(
    "open311.bad_time",
    400,
    "%(name)s is no time with a zone.",
    "Write it like 2026-11-22T09:30:00+08:00 or 2026-11-22T01:30:00Z.",
)
BAD_STATUS = register("open311.bad_status", 400, "status is open or closed.", "Send one of the two, or none.")
BAD_PAGE = register(
    "open311.bad_page", 400, "page and page_size are whole numbers from 1 on.", "Send such numbers, or none."
)
NO_REQUEST = register(
    "open311.no_request", 404, "There is no such service_request_id.", "Look at the number again."
)
REQUEST_NEEDED = register(
    "open311.request_needed",
    400,
    "service_request_id is missing.",
    "Send the number the request was answered with.",
)
NO_TOKEN = register("open311.no_token", 404, "There is no such token.", "Look at the token again.")
NO_RESOURCE = register(
    "open311.no_resource", 404, "There is nothing at this address.", "GET discovery.xml names what there is."
)
NO_FORMAT = register(
    "open311.no_format", 406, "Answers are XML or JSON.", "Ask for an address that ends in .xml or .json."
)
NOT_A_FORM = register(
    "open311.not_a_form",
    415,
    "What is sent must be a form (application/x-www-form-urlencoded).",
    "Send it as a form; XML is not read.",
)


class Refused(Exception):
    """One or several things are wrong with a request; all are told at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(problem.code for problem in self.problems))
