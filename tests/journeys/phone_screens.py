"""Every screen of the phone, by name, and the way there: for the journey that checks them and the tool that takes their
pictures (`python tools/screens.py`). A new screen is a line in `SCREENS`.
"""

from tests.journeys import family_ways, form_ways, report_ways
from tests.journeys import phone_ways as ways
from tests.journeys.phone_troubles import (
    A_NEWER_STORE,
    A_YEAR,
    ALMOST_FULL,
    AN_OLD_BROWSER,
    AN_OPEN_ADDRESS,
    CATCH_MICROPHONE,
    CLOCK_SET,
    DISK_FULL,
    HOURS,
    NO_DATABASE,
    NO_MICROPHONE,
    TWENTY_DAYS,
)
from tests.journeys.phones import Look, Phone

UNFIT = ".unfit .trouble"
SCREENS: tuple[Look, ...] = (
    Look("enrol", ways.start, enrolled=False),
    Look("enrol-scan", family_ways.scan, enrolled=False, permissions=("camera",)),
    Look("home", ways.start),
    Look("languages", ways.languages, seen="dialog"),
    Look("report-recording", report_ways.recording, listens=True),
    Look("report-recorded", report_ways.recorded),
    Look("report-urgent", report_ways.urgent),
    Look("report-household", report_ways.families),
    Look("report-saved", report_ways.saved, seen=".saved"),
    Look("report-call", report_ways.call, before=CATCH_MICROPHONE, listens=True),
    Look("report-unsaved", report_ways.unsaved),
    Look("households", Phone.households),
    Look("household", ways.household),
    Look("household-facts", family_ways.facts),
    Look("household-correct", family_ways.correct, seen="dialog"),
    Look("household-add-fact", family_ways.add_fact),
    Look("paper", family_ways.paper),
    Look("paper-covered", family_ways.paper_covered, seen=".paper-box"),
    Look("camp-facts", family_ways.camp_facts, seen="dialog"),
    Look("camp-here", family_ways.camp_here),
    Look("report-forwarded", family_ways.forwarded),
    Look("case", ways.case),
    Look("cases", ways.at("cases")),
    Look("search", ways.at("search")),
    Look("search-found", ways.found),
    Look("household-moved", ways.moved),
    Look("map", ways.at("map")),
    Look("map-way", ways.way_there),
    Look("map-no-place", ways.at("map", "main .note"), permissions=("microphone",)),
    Look("clips", ways.at("clips")),
    Look("tasks", ways.at("tasks")),
    Look("task", ways.first("tasks")),
    Look("status", ways.at("status")),
    Look("status-waiting", report_ways.unsent("status", ".list .row")),
    Look("forms", form_ways.forms),
    Look("form-known", form_ways.known),
    Look("form-missing", form_ways.missing),
    Look("form-herds", form_ways.herds),
    Look("form-review", form_ways.review),
    Look("carry", ways.at("carry")),
    Look("carry-give", ways.at("carry/give")),
    Look("carry-codes", report_ways.unsent("carry/give", ".codes canvas")),
    Look("carry-take", ways.at("carry/take")),
    Look("pin", ways.at("pin", ".keypad")),
    Look("trouble-offline", ways.offline),
    Look("trouble-storage-full", report_ways.full, before=DISK_FULL),
    Look("trouble-storage-low", ways.wrong_clock, before=ALMOST_FULL),
    Look(
        "trouble-microphone-refused", report_ways.no_microphone, before=NO_MICROPHONE, given="NotAllowedError"
    ),
    Look(
        "trouble-microphone-busy", report_ways.no_microphone, before=NO_MICROPHONE, given="NotReadableError"
    ),
    Look(
        "trouble-microphone-missing", report_ways.no_microphone, before=NO_MICROPHONE, given="NotFoundError"
    ),
    Look("trouble-no-place", report_ways.no_place, permissions=("microphone",)),
    Look("trouble-clock", ways.wrong_clock, before=CLOCK_SET, given=HOURS),
    Look("trouble-app-too-old", ways.too_old),
    Look("trouble-open-address", ways.start, before=AN_OPEN_ADDRESS, enrolled=False, seen=UNFIT),
    Look("trouble-old-browser", ways.start, before=AN_OLD_BROWSER, enrolled=False, seen=UNFIT),
    Look("trouble-no-database", ways.start, before=NO_DATABASE, enrolled=False, seen=UNFIT),
    Look("trouble-newer-store", ways.start, before=A_NEWER_STORE, enrolled=False, seen=UNFIT),
    Look("locked", ways.locked),
    Look("trouble-clock-behind", family_ways.unheard, before=CLOCK_SET, given=-HOURS),
    Look("trouble-clock-leapt", family_ways.unheard, before=CLOCK_SET, given=A_YEAR),
    Look("trouble-lease", family_ways.unheard, before=CLOCK_SET, given=TWENTY_DAYS),
)
