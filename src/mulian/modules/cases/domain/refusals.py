"""What a case may be refused for; every code with its sentence and next step."""

from __future__ import annotations

from mulian.kernel.problems import register

ILLEGAL_STEP = register(
    "cases.illegal_step",
    409,
    "This step is not possible in the case's present state.",
    "Load the case again; the steps that are possible are shown there.",
)
REASON_NEEDED = register(
    "cases.reason_needed",
    422,
    "This step needs a reason.",
    "Say in a sentence why, then try again.",
)
EVIDENCE_NEEDED = register(
    "cases.evidence_needed",
    422,
    "Solving needs a photo, a voice or a text saying what was done.",
    "Add one of them, then try again.",
)
ANSWER_NEEDED = register(
    "cases.answer_needed",
    422,
    "An answer needs a voice or a text for the family.",
    "Speak or write the answer, then try again.",
)
UNIT_NEEDED = register(
    "cases.unit_needed",
    422,
    "Say which unit should take over.",
    "Choose a unit from the list.",
)
UNIT_UNSUITABLE = register(
    "cases.unit_unsuitable",
    422,
    "This unit cannot take the case.",
    "Choose another unit from the list.",
)
NOBODY_ABOVE = register(
    "cases.nobody_above",
    409,
    "There is no higher level that could take this case.",
    "Transfer it to a department, or ask a leader to decide.",
)
ONLY_A_PERSON_LOWERS = register(
    "cases.only_a_person_lowers",
    422,
    "Only a person may take the urgent mark away, with a reason.",
    "Say why the case is not urgent.",
)
BAD_RATING = register(
    "cases.bad_rating",
    422,
    "A rating has one to five stars.",
    "Choose one to five stars, or none.",
)
PARTS_OPEN = register(
    "cases.parts_open",
    422,
    "An office that was called in has not answered yet.",
    "Wait for its answer, or say why the case goes on without it.",
)
NO_WHISTLE = register(
    "cases.no_whistle",
    403,
    "Only a township or the county calls departments in.",
    "Pass the case up, or ask the township to call them in.",
)
CALLED_ALREADY = register(
    "cases.called_already",
    422,
    "This office is called in already.",
    "Choose another office, or wait for its answer.",
)
NO_PART = register(
    "cases.no_part",
    403,
    "Your office has no part in this case to answer.",
    "Ask the responsible unit to call your office in.",
)
NOT_DECIDING = register(
    "cases.not_deciding",
    403,
    "Only the county centre or a leader decides whose a case is.",
    "Return the case, or say that it is nobody's; the county then decides.",
)
NOT_JOINABLE = register(
    "cases.not_joinable",
    409,
    "These two cases cannot be joined.",
    "Only open cases are joined, never complaints, and not while called-in offices owe an answer.",
)
NOT_JOINED = register(
    "cases.not_joined",
    409,
    "This case is not joined to another.",
    "Load the case again.",
)
JOINED = register(
    "cases.joined",
    409,
    "This case was joined to another and goes on there.",
    "Open the other case, or take the two apart first.",
)
LEADER_NEEDED = register(
    "cases.leader_needed", 422, "Say which leader is in charge of it.", "Choose a leader from the list."
)
REVIEW_NEEDED = register(
    "cases.review_needed",
    422,
    "Say on which day it is looked at again.",
    "Choose a day from tomorrow to one year from now.",
)
PROJECT_NEEDED = register(
    "cases.project_needed",
    422,
    "Relief for now needs the permanent project: who builds it, the fund, from when to when.",
    "Fill in these four, or choose another outcome.",
)
ADDRESS_NEEDED = register(
    "cases.address_needed", 422, "Say where the family should turn instead.", "Write down the right address."
)
EVIDENCE_FAR = register(
    "cases.evidence_far",
    422,
    "This was recorded far from the place of the case.",
    "Record it there, or say why it was recorded elsewhere.",
)
NOT_IN_CHARGE = register(
    "cases.not_in_charge",
    403,
    "Only the leader in charge and the responsible unit may do this.",
    "Ask the leader in charge.",
)
JOINED_LATER = register(
    "cases.joined_later",
    409,
    "Another case was joined to the same one after this.",
    "Take that one apart first.",
)
CAMPAIGN_DAYS = register(
    "cases.campaign_days",
    422,
    "A campaign ends on or after the day it starts, not in the past, and within a year.",
    "Choose other days.",
)
CAMPAIGN_CLASSES = register(
    "cases.campaign_classes",
    422,
    "A campaign looks for something.",
    "Choose at least one topic from the list.",
)
CAMPAIGN_TARGET = register(
    "cases.campaign_target",
    422,
    "The target lies in the past or too far away.",
    "Choose a day within a year.",
)
CAMPAIGN_OVER = register(
    "cases.campaign_over", 409, "This campaign has ended.", "Report it without the campaign."
)
CAMPAIGN_CASE = register(
    "cases.campaign_case",
    422,
    "This case cannot stand in this campaign's bank: it lies elsewhere, is about a person, or stands in one already.",
    "Choose another case.",
)
