"""What acts may be refused for beyond the rules of `domain`."""

from __future__ import annotations

from mulian.kernel.problems import register

NOTHING_SAID = register(
    "cases.nothing_said", 422, "The report is empty.", "Say or write something, or add a photo, then send it."
)
FOREIGN_HOUSEHOLD = register(
    "cases.foreign_household",
    404,
    "This household is not one you serve.",
    "Choose one of your households, or report without one.",
)
TOO_LONG = register("cases.too_long", 422, "The text is longer than 4,000 characters.", "Make it shorter.")
TOO_MANY_PHOTOS = register(
    "cases.too_many_photos", 422, "A report carries up to six photos.", "Leave some out."
)
BAD_PLACE = register("cases.bad_place", 422, "This is no place on earth.", "Set the place again.")
UNKNOWN_TOPIC = register(
    "cases.unknown_topic", 422, "There is no such topic.", "Choose a topic from the list."
)
NOT_RESPONSIBLE = register(
    "cases.not_responsible",
    403,
    "Only the responsible unit and those above it may do this.",
    "Ask the responsible unit, or urge it.",
)
NOT_ABOVE = register("cases.not_above", 403, "Only somebody above may urge.", "Ask the level above.")
CLAIMED = register(
    "cases.claimed", 409, "Somebody else is listening to this one.", "Take the next one from the list."
)
HEARD = register("cases.heard", 409, "This voice was written down already.", "Open the case to read it.")
TRANSCRIPT_NEEDED = register(
    "cases.transcript_needed", 422, "Write down what the voice says.", "Type the words, then save."
)
OTHER_VOICE = register(
    "cases.other_voice", 409, "This voice is about something else.", "Load the listening desk again."
)
WORD_NEEDED = register(
    "cases.word_needed",
    422,
    "Say whether it is solved for the family.",
    "Choose yes or no, or let the family say it by voice.",
)
BAD_CONTACT = register(
    "cases.bad_contact",
    422,
    "A contact is a call or a visit; work is written down here when it was tried in vain.",
    "Choose how the family was reached; report solved work as solved.",
)
NOT_A_LEADER = register(
    "cases.not_a_leader", 403, "Only a leader supervises cases.", "Urge it, or ask a leader to supervise it."
)
NOT_HEARD = register(
    "cases.not_heard",
    409,
    "Nobody has written this voice down yet.",
    "Listen to it first, at the listening desk.",
)
TEXT_CLAIMED = register(
    "cases.text_claimed", 409, "Somebody else is translating this text.", "Take the next one from the list."
)
TRANSLATED = register(
    "cases.translated", 409, "This text was translated already.", "Open the case to read it."
)
TEXT_WRITTEN = register(
    "cases.text_written",
    409,
    "Somebody else wrote this translation while you did.",
    "Read theirs; save again if yours should stand in its place.",
)
TRANSLATION_NEEDED = register(
    "cases.translation_needed", 422, "Write the translation.", "Type the words, then save."
)
TRANSLATION_SAME = register(
    "cases.translation_same",
    422,
    "This is written in the language of the original.",
    "Write it in the other language.",
)
TEXT_CHANGED = register(
    "cases.text_changed",
    422,
    "The text changed while you translated it.",
    "Read it again above, put your translation right, then save.",
)
NOTHING_TO_TRANSLATE = register(
    "cases.nothing_to_translate", 422, "There is nothing here to translate.", "Open the case to read it."
)
