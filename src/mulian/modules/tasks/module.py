"""Descriptor: tasks and visits."""

from datetime import timedelta

from mulian.core.registry import CommandKind, Handler, Module, NavItem, Syncable, Timer
from mulian.modules.tasks.permissions import GRANTS, Permission

_HERE = "mulian.modules.tasks"

MODULE = Module(
    name="tasks",
    title="Tasks",
    grants=GRANTS,
    navigation=(
        NavItem(
            "Tasks",
            "/tasks/",
            Permission.VIEW,
            order=10,
            icon="check",
            count=f"{_HERE}.queries.lists.waiting",
        ),
        NavItem("Visits due", "/visits/", Permission.FRESH, order=33, icon="clock"),
    ),
    commands=(
        CommandKind(
            "tasks.answer", handler=f"{_HERE}.syncables.apply_answer", body=f"{_HERE}.syncables.AnswerBody"
        ),
        CommandKind(
            "visits.record", handler=f"{_HERE}.syncables.apply_visit", body=f"{_HERE}.syncables.VisitBody"
        ),
    ),
    syncables=(
        Syncable(
            "task",
            visible=f"{_HERE}.syncables.visible_tasks",
            render=f"{_HERE}.syncables.render_tasks",
            order=20,
        ),
        Syncable(
            "visit",
            visible=f"{_HERE}.syncables.visible_visits",
            render=f"{_HERE}.syncables.render_visits",
            order=21,
            subject="visits",
        ),
    ),
    handlers=(
        Handler(
            "tasks.collect", events=("households.collection_wanted",), handle=f"{_HERE}.handlers.collect"
        ),
        Handler(
            "tasks.follow_posting",
            events=("access.posting_opened", "access.posting_closed"),
            handle=f"{_HERE}.handlers.follow_posting",
        ),
        Handler(
            "tasks.follow_household",
            events=(
                "households.registered",
                "households.moved",
                "households.closed",
                "households.reopened",
            ),
            handle=f"{_HERE}.handlers.follow_household",
        ),
        Handler("tasks.erase", events=("households.record_erased",), handle=f"{_HERE}.handlers.erase"),
    ),
    timers=(Timer("tasks.due", sweep=f"{_HERE}.handlers.sweep", every=timedelta(seconds=60)),),
    kinds={"task": "Tasks"},
    hanging=f"{_HERE}.queries.hanging.hanging",
    web=f"{_HERE}.web.urls",
    api=f"{_HERE}.api.router",
    pack=f"{_HERE}.pack",
    seed=f"{_HERE}.seed.seed",
    seed_order=50,
)
