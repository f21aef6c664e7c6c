"""Descriptor: cases."""

from datetime import timedelta

from mulian.core.registry import CommandKind, Handler, Module, NavItem, Retention, Syncable, Timer
from mulian.modules.cases.permissions import GRANTS, Permission

_HERE = "mulian.modules.cases"

MODULE = Module(
    name="cases",
    title="Cases",
    grants=GRANTS,
    navigation=(
        NavItem(
            "Inbox", "/inbox/", Permission.WORK, order=1, icon="inbox", count=f"{_HERE}.queries.lists.to_take"
        ),
        NavItem("Campaigns", "/campaigns/", Permission.VIEW, order=8, icon="search"),
        NavItem("What became of it", "/outcomes/", Permission.VIEW, order=8, icon="flag"),
        NavItem("Services", "/services/", Permission.VIEW, order=9, icon="case"),
        NavItem("Service lists", "/services/lists/", Permission.LISTS, order=10, icon="check"),
        NavItem("Who would get this?", "/what-if/", Permission.SORT, order=61, icon="people"),
        NavItem("Duty board", "/duty/", Permission.DUTY, order=2, icon="board"),
        NavItem(
            "Supervised cases",
            "/supervised/",
            Permission.SUPERVISE,
            order=2,
            icon="flag",
            count=f"{_HERE}.queries.supervised.to_decide",
        ),
        NavItem("What sorts reports", "/sorting/", Permission.SORTER, order=62, icon="unit"),
        NavItem("Promises and calendars", "/policy/", Permission.REPLAN, order=60, icon="calendar"),
        NavItem("Hotline", "/cases/new/?door=call", Permission.SORT, order=2, icon="phone"),
        NavItem(
            "Listening desk",
            "/listen/",
            Permission.LISTEN,
            order=3,
            icon="mic",
            count=f"{_HERE}.queries.desk.number",
        ),
        NavItem(
            "Translations",
            "/listen/translations/",
            Permission.TRANSLATE,
            order=3,
            icon="language",
            count=f"{_HERE}.queries.translations.number",
        ),
        NavItem("Who listens when", "/listen/rota/", Permission.ROTA, order=61, icon="calendar"),
        NavItem("Time to be heard", "/listen/times/", Permission.HEARD, order=9, icon="clock"),
        NavItem("Glossary", "/glossary/", Permission.GLOSSARY, order=62, icon="edit"),
    ),
    commands=(
        CommandKind(
            "cases.report",
            handler=f"{_HERE}.syncables.apply_report",
            body=f"{_HERE}.syncables.ReportBody",
            urgent=f"{_HERE}.syncables.is_urgent",
        ),
        CommandKind(
            "cases.found",
            handler=f"{_HERE}.syncables.campaigns.apply_found",
            body=f"{_HERE}.syncables.campaigns.FoundBody",
        ),
        CommandKind("cases.add", handler=f"{_HERE}.syncables.apply_add", body=f"{_HERE}.syncables.AddBody"),
        CommandKind(
            "cases.feedback",
            handler=f"{_HERE}.syncables.apply_feedback",
            body=f"{_HERE}.syncables.FeedbackBody",
        ),
        CommandKind(
            "cases.open_service",
            handler=f"{_HERE}.syncables.services.apply_open",
            body=f"{_HERE}.syncables.services.OpenBody",
        ),
        CommandKind(
            "cases.move_paper",
            handler=f"{_HERE}.syncables.services.apply_paper",
            body=f"{_HERE}.syncables.services.PaperBody",
        ),
        CommandKind(
            "cases.mark_listed",
            handler=f"{_HERE}.syncables.listed.apply_mark",
            body=f"{_HERE}.syncables.listed.MarkBody",
        ),
        CommandKind(
            "cases.take_step",
            handler=f"{_HERE}.syncables.services.apply_step",
            body=f"{_HERE}.syncables.services.StepBody",
        ),
    ),
    syncables=(
        Syncable(
            "campaign",
            visible=f"{_HERE}.syncables.campaigns.visible_campaigns",
            render=f"{_HERE}.syncables.campaigns.render_campaigns",
            order=21,
        ),
        Syncable(
            "case",
            visible=f"{_HERE}.syncables.visible_cases",
            render=f"{_HERE}.syncables.render_cases",
            order=30,
        ),
        Syncable(
            "services",
            visible=f"{_HERE}.syncables.services.visible_catalogue",
            render=f"{_HERE}.syncables.services.render_catalogue",
            order=8,
            beside=f"{_HERE}.syncables.services.beside",
        ),
        Syncable(
            "listed",
            visible=f"{_HERE}.syncables.listed.visible_lists",
            render=f"{_HERE}.syncables.listed.render_lists",
            order=22,
            subject="service_list",
            beside=f"{_HERE}.syncables.listed.beside",
        ),
    ),
    handlers=(
        Handler(
            "cases.watch_for_mass",
            events=("cases.reported", "cases.topic_confirmed", "cases.place_set"),
            handle=f"{_HERE}.handlers.watch",
            together=True,
        ),
        Handler(
            "cases.answer_steward",
            events=("cases.steward_asked",),
            handle=f"{_HERE}.handlers.answer_steward",
        ),
        Handler(
            "cases.follow_listed",
            events=("households.moved", "households.restricted", "households.restriction_lifted"),
            handle=f"{_HERE}.handlers.follow_listed",
        ),
        Handler(
            "cases.follow_household",
            events=("households.moved",),
            handle=f"{_HERE}.handlers.follow_household",
        ),
        Handler(
            "cases.translate_task",
            events=("tasks.issued", "tasks.followed", "tasks.withdrawn"),
            handle=f"{_HERE}.handlers.translate_task",
        ),
        Handler(
            "cases.tell_content",
            events=("files.ready", "files.refused"),
            handle=f"{_HERE}.handlers.tell_content",
        ),
    ),
    retentions=(
        Retention(
            "cases.voices",
            what="Sound of cases",
            why="after the case was closed",
            due=f"{_HERE}.actions.forgetting.voices_due",
            sweep=f"{_HERE}.handlers.sweep_voices",
            days=180,
        ),
        Retention(
            "cases.lists",
            what="Service lists of departments",
            why="until the day its department said",
            due=f"{_HERE}.actions.service_lists.lists_due",
            sweep=f"{_HERE}.handlers.sweep_lists",
        ),
        Retention(
            "cases.held",
            what="Public reports that were dropped",
            why="after they were dropped",
            due=f"{_HERE}.actions.forgetting_held.held_due",
            sweep=f"{_HERE}.handlers.sweep_held",
            days=30,
        ),
        Retention(
            "cases.memory",
            what="Sentences interpreters are reminded of",
            why="after they were last used",
            due=f"{_HERE}.actions.remembering.memory_due",
            sweep=f"{_HERE}.handlers.sweep_memory",
            days=730,
        ),
    ),
    timers=(
        Timer("cases.lists", sweep=f"{_HERE}.handlers.sweep_lists", every=timedelta(minutes=10)),
        Timer(
            "cases.services",
            sweep=f"{_HERE}.actions.publishing_services.publish_services",
            every=timedelta(minutes=10),
        ),
        Timer("cases.reviews", sweep=f"{_HERE}.handlers.sweep_reviews", every=timedelta(hours=1)),
        Timer("cases.mass", sweep=f"{_HERE}.handlers.sweep_mass", every=timedelta(hours=1)),
        Timer("cases.figures", sweep=f"{_HERE}.handlers.sweep_figures", every=timedelta(hours=6)),
        Timer("cases.held", sweep=f"{_HERE}.handlers.sweep_held", every=timedelta(days=1)),
        Timer(
            "cases.mailbox", sweep=f"{_HERE}.handlers.sweep_mailbox", every=timedelta(minutes=2), outside=True
        ),
        Timer("cases.promises", sweep=f"{_HERE}.handlers.sweep_promises", every=timedelta(seconds=10)),
        Timer("cases.pauses", sweep=f"{_HERE}.handlers.sweep_pauses", every=timedelta(minutes=1)),
        Timer("cases.canary", sweep=f"{_HERE}.handlers.sweep_canary", every=timedelta(minutes=1)),
        Timer("cases.replanning", sweep=f"{_HERE}.handlers.sweep_replanning", every=timedelta(seconds=2)),
        Timer("cases.listening", sweep=f"{_HERE}.handlers.sweep_listening", every=timedelta(seconds=30)),
        Timer(
            "cases.translations", sweep=f"{_HERE}.handlers.sweep_translations", every=timedelta(seconds=30)
        ),
        Timer(
            "cases.machines",
            sweep=f"{_HERE}.handlers.sweep_machines",
            every=timedelta(seconds=15),
            outside=True,
        ),
        Timer("cases.gaps", sweep=f"{_HERE}.handlers.sweep_gaps", every=timedelta(minutes=30)),
        Timer("cases.memory", sweep=f"{_HERE}.handlers.sweep_memory", every=timedelta(days=1)),
        Timer("cases.learning", sweep=f"{_HERE}.handlers.sweep_learning", every=timedelta(minutes=30)),
        Timer("cases.silence", sweep=f"{_HERE}.handlers.sweep_silence", every=timedelta(minutes=10)),
        Timer("cases.voices", sweep=f"{_HERE}.handlers.sweep_voices", every=timedelta(days=1)),
        Timer("cases.parts", sweep=f"{_HERE}.handlers.sweep_parts", every=timedelta(minutes=1)),
        Timer("cases.answered", sweep=f"{_HERE}.handlers.sweep_answered", every=timedelta(hours=1)),
    ),
    kinds={
        "campaign": "Campaigns",
        "case": "Cases",
        "service_list": "Service lists",
        "services": "Services",
        "sorter": "What sorts reports",
        "term": "Glossary",
    },
    health=f"{_HERE}.queries.health.faults",
    quiet=f"{_HERE}.queries.rules.quiet_hours",
    hanging=f"{_HERE}.queries.hanging.hanging",
    about={"case": f"{_HERE}.queries.hanging.about"},
    web=f"{_HERE}.web.urls",
    api=f"{_HERE}.api.router",
    pack=f"{_HERE}.pack",
    seed=f"{_HERE}.seed.seed",
    seed_order=40,
)
