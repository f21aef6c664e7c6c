"""Sentences for the codes of the rules (gettext source strings)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from mulian.modules.cases.domain.states import REPLIED

REASONS: Mapping[str, str] = {
    "place": _("It happened in their area"),
    "registered": _("The family is registered in their area"),
    "residing": _("The family lives in their area"),
    "second_place": _("It also concerns their area"),
    "known_to_township": _("Only the township is known"),
    "known_to_county": _("Only the county is known"),
    "beyond_county": _("It happened beyond the county"),
    "county_watches": _("The county centre watches every case"),
    "department_at_once": _("This department is told of the topic at once"),
    "grid_head": _("Heads the grid area it lies in"),
    "post_vacant": _("The post below is vacant"),
    "deputy": _("Stands in for somebody who is away"),
    "conflict": _("It is about somebody who must not handle it"),
    "passed_up": _("The level below passed it up"),
    "transferred": _("It was handed to them"),
    "returned": _("It was returned to them"),
    "second_return": _("Returned twice: the county decides"),
    "disputed": _("Said to be nobody's: the county decides"),
    "assigned": _("The county has decided that it is theirs"),
    "whistled": _("Called in to help"),
    "whistles": _("It called the others in"),
    "attempts": _("The level below has tried as often as it should"),
    "overdue": _("A promise is overdue"),
    "asked": _("Is asked to decide"),
    "urgent": _("It is urgent and nobody has taken it"),
    "solved_below": _("A level below solved it"),
    "joined": _("Had a report of the same thing"),
    "earlier": _("Had it before"),
    "settles": _("Settles the service"),
    "carries": _("Carries the family's papers"),
    "accompanies": _("Goes along to the counter"),
}
"""Why somebody has it, as everybody reads it in the list of receivers."""
_TO_ME: Mapping[str, str] = {
    "place": _("It happened where you serve"),
    "registered": _("The family is registered where you serve"),
    "residing": _("The family lives where you serve"),
    "second_place": _("It also concerns where you serve"),
    "department_at_once": _("Your department is told of this topic at once"),
    "grid_head": _("You head the grid area it lies in"),
    "deputy": _("You stand in for somebody who is away"),
    "transferred": _("It was handed to you"),
    "returned": _("It was returned to you"),
    "asked": _("You are asked to decide"),
    "whistled": _("You were called in to help"),
    "whistles": _("You called the others in"),
    "earlier": _("You had it before"),
    "settles": _("The service is settled where you serve"),
    "carries": _("You carry the family's papers"),
    "accompanies": _("You go along to the counter"),
}
WHY_ME: Mapping[str, str] = {**REASONS, **_TO_ME}
"""The same said to the one who has it."""
STANDINGS: Mapping[str, str] = {
    "responsible": _("responsible"),
    "helper": _("helps"),
    "watching": _("watches"),
    "informed": _("informed"),
}
STATES: Mapping[str, str] = {
    "reported": _("reported"),
    "taken": _("taken"),
    "in_work": _("in work"),
    "waiting": _("waiting"),
    "solved": _("solved"),
    "answered": _("answered"),
    "closed": _("closed"),
    "returned": _("returned"),
}
PROMISES: Mapping[str, str] = {
    "take": _("to be taken"),
    "contact": _("contact with the family"),
    "solve": _("to be solved"),
    "answer": _("answer to the family"),
    "interim": _("interim answer"),
    "feedback": _("the family's word"),
    "supervise": _("supervision"),
    "decide": _("the county decides whose it is"),
}
REPLY_OWED = _("to be replied to")


def promise_name(promise: str, kind: str) -> str:
    """What a clock is called on a case of this kind: a question is replied to, not solved."""
    return gettext(REPLY_OWED if promise == "solve" and kind in REPLIED else PROMISES.get(promise, promise))


KINDS: Mapping[str, str] = {
    "problem": _("problem"),
    "question": _("question"),
    "suggestion": _("suggestion"),
    "wish": _("wish"),
    "service": _("service"),
    "complaint": _("complaint"),
    "thanks": _("thanks"),
    "test": _("test"),
    "cancelled": _("withdrawn"),
}
BASES: Mapping[str, str] = {
    "chosen": _("set by a person"),
    "named": _("named in the report"),
    "point": _("from the phone's position"),
    "camp": _("where the family camps"),
    "residing": _("where the family lives"),
    "registered": _("where the family is registered"),
    "grid": _("the reporter's area"),
    "county": _("not known"),
}
URGENT_BECAUSE: Mapping[str, str] = {
    "said": _("the reporter said it is urgent"),
    "hazard": _("this danger is always urgent"),
    "hazard_with_danger": _("somebody is in danger"),
    "listener": _("the listener heard that it is urgent"),
}
VERBS: Mapping[str, str] = {
    "take": _("Take the case"),
    "start": _("Start work"),
    "resume": _("Go on with the work"),
    "wait": _("Wait for something"),
    "solve": _("Report it solved"),
    "answer": _("Answer the family"),
    "return": _("Return it"),
    "pass-up": _("Pass it up"),
    "transfer": _("Hand it to another unit"),
    "reopen": _("Open it again"),
    "close": _("Close it"),
    "dispute": _("It is nobody's: ask the county"),
    "assign": _("Decide whose it is"),
    "settle": _("Relieved, planned, or not ours"),
    "review": _("Look at it again"),
    "whistle": _("Call departments in"),
    "report-in": _("Report in"),
    "answer-part": _("Answer your part"),
    "contact": _("Write down a call or visit"),
    "attempt": _("Write down that it was tried in vain"),
    "interim": _("Tell the family how things stand"),
    "extend": _("Ask for more time"),
    "decide-extension": _("Decide on more time"),
    "decide-wait": _("Decide on the longer wait"),
    "supervise": _("Supervise the case"),
    "reply": _("Reply to the leader"),
    "accept": _("Accept the reply"),
}
ALIKE: Mapping[str, str] = {
    "photo": _("the same photo"),
    "household": _("the same household"),
    "near": _("the same place"),
    "village": _("the same village"),
    "words": _("similar words"),
    "topic": _("the same topic"),
    "time": _("within a day"),
}
"""Why two reports look like one."""
OUTCOMES: Mapping[str, str] = {
    "solved": _("solved"),
    "relieved": _("relieved for now, a project follows"),
    "project": _("planned as a project"),
    "long": _("needs long work"),
    "elsewhere": _("not ours, the right address was given"),
    "joined": _("joined to another case"),
}
PART_STATES: Mapping[str, str] = {
    "called": _("called in"),
    "here": _("reported in"),
    "answered": _("has answered"),
    "let_go": _("went on without them"),
}
PART_CLOCKS: Mapping[str, str] = {"report_in": _("to report in"), "answer": _("to answer their part")}
STAGES: Mapping[str, str] = {
    "demanded": _("a reply is awaited"),
    "replied": _("replied; the leader decides"),
    "accepted": _("the reply was accepted"),
    "ended": _("ended with the case"),
}
"""Where a supervision stands."""
ASKED: Mapping[str, str] = {
    "asked": _("asked for, not decided"),
    "granted": _("granted"),
    "refused": _("not granted"),
    "lapsed": _("not decided in time"),
}
NOTICES: tuple[str, ...] = (
    _("Urgent report %(number)s"),
    _("New case %(number)s"),
    _("Something was added to case %(number)s"),
    _("Case %(number)s was answered"),
    _("Case %(number)s was opened again"),
    _("Case %(number)s was solved below"),
    _("A voice waits to be heard: %(number)s"),
    _("Case %(number)s is yours now"),
    _("Case %(number)s has a new place"),
    _("You are urged: case %(number)s"),
    _("Due soon: case %(number)s"),
    _("Overdue: case %(number)s"),
    _("Nobody has taken the urgent case %(number)s"),
    _("Case %(number)s is urgent"),
    _("News of case %(number)s from elsewhere"),
    _("Case %(number)s was joined to another"),
    _("%(reports)s reports of one thing: look at the duty board"),
    _("You are in charge of what becomes of case %(number)s"),
    _("You are in charge of case %(number)s in a campaign"),
    _("Look again at what becomes of case %(number)s"),
    _("You are called into case %(number)s"),
    _("An office reported in: case %(number)s"),
    _("An office answered its part of case %(number)s"),
    _("All offices called in have answered: case %(number)s"),
    _("Nobody has reported in yet: case %(number)s"),
    _("Your part of case %(number)s is due soon"),
    _("A part of case %(number)s is overdue"),
    _("A longer wait is asked for: case %(number)s"),
    _("The longer wait of case %(number)s was decided"),
    _("The wait is over: case %(number)s"),
    _("More time is asked for: case %(number)s"),
    _("More time was decided on: case %(number)s"),
    _("A leader supervises case %(number)s"),
    _("A reply to your supervision: case %(number)s"),
    _("The supervision of case %(number)s is over"),
    _("How things stand with case %(number)s"),
)
"""Titles of notices; said here once so that they are collected for translation."""
