"""Reactions to moved households and to files that were looked at; sweeps over promises due, voices nobody heard,
answers nobody contradicted, parts of offices called in, silent phones, voices kept too long.
"""

from mulian.modules.cases.actions.asking_steward import answer_steward
from mulian.modules.cases.actions.assisting import sweep_machines
from mulian.modules.cases.actions.canary import sweep_canary
from mulian.modules.cases.actions.climbing import sweep_promises
from mulian.modules.cases.actions.contents import tell_content
from mulian.modules.cases.actions.figures import sweep_figures
from mulian.modules.cases.actions.following import follow_household
from mulian.modules.cases.actions.forgetting import sweep_voices
from mulian.modules.cases.actions.forgetting_held import sweep_held
from mulian.modules.cases.actions.gaps import sweep_gaps
from mulian.modules.cases.actions.listed import follow_listed
from mulian.modules.cases.actions.listening import sweep_listening
from mulian.modules.cases.actions.mailing import sweep_mailbox
from mulian.modules.cases.actions.notices import translate_task
from mulian.modules.cases.actions.outcomes import sweep_reviews
from mulian.modules.cases.actions.parts import sweep_parts
from mulian.modules.cases.actions.pausing import sweep_pauses
from mulian.modules.cases.actions.quieting import sweep_answered
from mulian.modules.cases.actions.raising import sweep_mass, watch
from mulian.modules.cases.actions.remembering import sweep_memory
from mulian.modules.cases.actions.replanning import sweep_replanning
from mulian.modules.cases.actions.retraining import sweep_learning
from mulian.modules.cases.actions.service_lists import sweep_lists
from mulian.modules.cases.actions.silence import sweep_silence
from mulian.modules.cases.actions.translating import sweep_translations

__all__ = [
    "answer_steward",
    "follow_household",
    "follow_listed",
    "sweep_answered",
    "sweep_canary",
    "sweep_figures",
    "sweep_gaps",
    "sweep_held",
    "sweep_learning",
    "sweep_listening",
    "sweep_lists",
    "sweep_machines",
    "sweep_mailbox",
    "sweep_mass",
    "sweep_memory",
    "sweep_parts",
    "sweep_pauses",
    "sweep_promises",
    "sweep_replanning",
    "sweep_reviews",
    "sweep_silence",
    "sweep_translations",
    "sweep_voices",
    "tell_content",
    "translate_task",
    "watch",
]
