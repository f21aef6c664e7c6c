"""What acts on tasks and visits may be refused for, beyond what an answer lacks."""

from __future__ import annotations

from mulian.kernel.problems import register

TITLE_NEEDED = register(
    "tasks.title_needed", 422, "A task needs a title.", "Say in a few words what is to do."
)
OTHER_TITLE = register(
    "tasks.other_title",
    422,
    "The title in the other language is missing, or longer than 360 characters.",
    "Write it in the first line, the rest below it.",
)
OTHER_TEXT = register(
    "tasks.other_text",
    422,
    "The task says more than its title; that is missing in the other language.",
    "Write it below the title, or leave both to the interpreters.",
)
SAME_LANGUAGE = register(
    "tasks.same_language",
    422,
    "Both titles are in one language.",
    "Write the second in the other language, or leave it to the interpreters.",
)
TOO_LONG = register("tasks.too_long", 422, "The text is longer than 4,000 characters.", "Make it shorter.")
TOO_MANY_PHOTOS = register("tasks.too_many_photos", 422, "Six photos at most.", "Leave some out.")
DUE = register(
    "tasks.due",
    422,
    "The due time must lie ahead, within a year.",
    "Choose a later day, or an earlier one.",
)
ROLE = register(
    "tasks.role",
    422,
    "Tasks go to liaisons, heads of grid areas, village leads and township officers.",
    "Choose one of them.",
)
NOBODY = register(
    "tasks.nobody",
    422,
    "Nobody there would receive this task.",
    "Choose another place or other people; vacant grid areas are under Liaisons.",
)
HOUSEHOLD = register(
    "tasks.household",
    422,
    "One of these households is not yours to choose.",
    "Check the numbers; take them from the list of households.",
)
REASON_NEEDED = register(
    "tasks.reason_needed",
    422,
    "Withdrawing a task needs a reason.",
    "Say why; everybody who had it reads it.",
)
WITHDRAWN = register("tasks.withdrawn", 409, "This task was withdrawn.", "Go back to the list of tasks.")
TAKEN = register("tasks.taken", 409, "Another task has this id.", "Load the form again.")
