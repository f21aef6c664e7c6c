"""What follows from the family's word: content closes its case, a veto opens the case it goes on in."""

from __future__ import annotations

from datetime import datetime

from mulian.kernel.actor import Actor
from mulian.modules.cases.actions import steps
from mulian.modules.cases.actions.opening import Opened
from mulian.modules.cases.domain.feedback import Feedback, consequence
from mulian.modules.cases.domain.states import State, Verb
from mulian.modules.cases.models import Case
from mulian.modules.cases.queries import holding
from mulian.modules.cases.queries.unheard import unheard


def follow(opened: Opened, word: Feedback, actor: Actor, at: datetime, *, text: str) -> None:
    """Inside an act: does what the word leads to; nothing is closed over a voice nobody has heard."""
    acted = _joined_to(opened)
    match consequence(word, State(acted.case.state), unheard=unheard(opened.case.id)):
        case Verb.CLOSE if acted is opened:
            steps.finish(opened, actor, at, because="family")
        case Verb.REOPEN:
            steps.open_again(acted, actor, at, because="family", text=text)


def _joined_to(opened: Opened) -> Opened:
    """A veto of whoever reported the same thing opens the case it was joined to; content closes only one's own."""
    main = opened.case.same_as_id
    if main is None:
        return opened
    rows = Case.unscoped.because("the family of a joined case is heard").select_for_update(of=("self",))
    return Opened(rows.get(id=main), holding.receivers_of(main))
