"""What can be wrong with a form program's request, in words its user reads on the phone."""

from __future__ import annotations

from mulian.kernel.problems import register

SIGN_IN = register(
    "openrosa.sign_in",
    401,
    "This form program is not signed in.",
    "Scan the set-up code again, or enter user name and key.",
)
BAD_KEY = register(
    "openrosa.bad_key",
    403,
    "This key opens nothing here.",
    "Ask the village to set the form program up again.",
)
OTHER_VERSION = register(
    "openrosa.other_version",
    400,
    "This version of OpenRosa is not spoken here.",
    "Use a form program that speaks OpenRosa 1.0.",
)
NO_SUBMISSION = register(
    "openrosa.no_submission",
    400,
    "There is no filled form in what was sent.",
    "Send it again; if it stays, tell the county centre.",
)
UNREADABLE = register(
    "openrosa.unreadable",
    400,
    "The filled form cannot be read.",
    "Send it again; if it stays, tell the county centre.",
)
ENCRYPTED = register(
    "openrosa.encrypted",
    422,
    "This form was sealed for somebody else's key; here nobody could read or answer it.",
    "Load the forms again from this county and fill it in once more.",
)
NO_FORM = register(
    "openrosa.no_form",
    404,
    "This form, or this version of it, is not known here.",
    "Load the forms again. What is filled in stays on the phone.",
)
