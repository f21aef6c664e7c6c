"""Descriptor: figures."""

from datetime import timedelta

from mulian.core.registry import Handler, Module, NavItem, Timer
from mulian.insight.permissions import GRANTS, Permission

_HERE = "mulian.insight"
FOLLOWED = (
    "cases.reported", "cases.added", "cases.topic_confirmed", "cases.place_set", "cases.rerouted",
    "cases.household_followed", "cases.urgency_raised", "cases.urgency_lowered", "cases.taken", "cases.started",
    "cases.waiting", "cases.pause_decided", "cases.pause_ended", "cases.contact_tried", "cases.interim_answered",
    "cases.promise_overdue", "cases.solved", "cases.reported_up", "cases.answered", "cases.closed",
    "cases.reopened", "cases.returned", "cases.passed_up", "cases.transferred", "cases.disputed", "cases.assigned",
    "cases.feedback_given", "cases.voice_transcribed", "cases.whistled", "cases.part_reported_in",
    "cases.part_answered", "cases.part_let_go", "cases.joined", "cases.took_in", "cases.parted",
    "cases.joined_moved", "cases.outcome_entered", "cases.outcome_reviewed", "cases.extension_asked",
    "cases.extension_decided",
)  # fmt: skip
"""Every fact that may move how a case stands."""

MODULE = Module(
    name="insight",
    title="Figures",
    grants=GRANTS,
    navigation=(NavItem("Figures", "/figures/", Permission.VIEW, order=7, icon="board"),),
    handlers=(Handler("insight.follow", events=FOLLOWED, handle=f"{_HERE}.handlers.follow", together=True),),
    timers=(
        Timer("insight.settled", sweep=f"{_HERE}.handlers.sweep_settled", every=timedelta(minutes=5)),
        Timer("insight.moving", sweep=f"{_HERE}.handlers.sweep_moving", every=timedelta(minutes=10)),
    ),
    kinds={"figures": "Figures taken along"},
    web=f"{_HERE}.web.urls",
)
