"""What can be wrong with a brought table or one of its cells; the sentences stand in the marked copy too."""

from mulian.kernel.problems import register

register("households.import_state", 409, "This step is over.", "Load the page again and look.")
register(
    "households.import_columns",
    422,
    "A column that names the family is missing.",
    "Say which column holds the household's number, or the name of its head.",
)
register("households.import_column_twice", 422, "Two columns have one meaning.", "Choose one of them.")
register(
    "households.import_forbidden", 422, "This column is not read.", "What it asks for is never kept here."
)
register(
    "households.import_purpose", 422, "The purpose is missing.", "Say what the table is for and who gave it."
)
register("households.import_undecided", 409, "Some families still wait for a decision.", "Decide them first.")
register(
    "households.import_nothing", 409, "There is nothing to take over.", "Look at what is wrong in the table."
)
register(
    "households.import_year",
    422,
    "This is no year of birth.",
    "Write four digits, from 1900 to this year.",
)
register(
    "households.import_relation",
    422,
    "This relation is not known.",
    "Write head, spouse, child or another relation.",
)
register("households.import_language", 422, "This language is not offered.", "Write Tibetan or Chinese.")
register("households.import_phone", 422, "This is no telephone number.", "Write its digits only.")
register("households.import_name", 422, "This name is too long.", "Write the name only.")
register("households.import_value", 422, "This value does not fit the column.", "Correct the value.")
register(
    "households.import_place",
    422,
    "This place is not known in your area, or two have this name.",
    "Write the code, or the township before the village.",
)
register(
    "households.import_unknown_number",
    422,
    "Your area has no household of this number.",
    "Correct it, or leave it empty for a new household.",
)
register(
    "households.import_no_head", 422, "The name of the household's head is missing.", "Write who heads it."
)
register(
    "households.import_no_village", 422, "The village is missing.", "Write the village of this household."
)
register(
    "households.import_restricted",
    403,
    "This family had the use of its record restricted; nothing of a table is taken over.",
    "Ask the family, and write on its own page what it says.",
)
register("households.import_twice", 422, "This household stands in the table twice.", "Keep one of the two.")
register(
    "households.import_moved_on",
    409,
    "The register has changed since you looked.",
    "Bring this line again and look.",
)
# What went wrong with a feed in the worker is shown by the server, which never runs one.
register("households.no_feed", 404, "There is no feed of this name.", "Look at the settings for its name.")
register("households.feed_empty", 404, "The folder holds no table.", "Ask the department to send it.")
register(
    "households.feed_silent", 502, "The department's server did not answer.", "It is asked again by itself."
)
register(
    "households.feed_failed", 500, "The feed could not be taken.", "The log of the server says what happened."
)
