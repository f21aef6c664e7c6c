"""Descriptor: the register of households."""

from datetime import timedelta

from mulian.core.registry import CommandKind, Handler, Module, NavItem, Offer, Retention, Syncable, Timer
from mulian.modules.households.permissions import GRANTS, Permission

_HERE = "mulian.modules.households"

AGAIN = {
    "households.record_erased": f"{_HERE}.actions.replaying.erase_again",
    "households.consent_withdrawn": f"{_HERE}.actions.replaying.withdraw_again",
    "households.restricted": f"{_HERE}.actions.replaying.restrict_again",
    "households.restriction_lifted": f"{_HERE}.actions.replaying.lift_again",
}
COUNTED = (
    "households.registered", "households.changed", "households.moved", "households.closed", "households.reopened",
    "households.member_came", "households.member_went", "households.split", "households.merged",
    "households.life_taken_back",
)  # fmt: skip
"""Every fact that may move the counts of areas."""

TOLD = (
    "households.registered", "households.moved", "households.closed", "households.reopened",
    "households.member_came", "households.member_went", "households.split", "households.life_taken_back",
)  # fmt: skip
"""What the people of both villages are told of a family that two villages keep."""

MODULE = Module(
    name="households",
    title="Households",
    grants=GRANTS,
    navigation=(
        NavItem("Households", "/households/", Permission.BROWSE, order=30, icon="house"),
        NavItem("Households in figures", "/households/totals/", Permission.TOTALS, order=33, icon="board"),
        NavItem("Find a household", "/households/find/", Permission.FIND, order=31, icon="search"),
        NavItem("Find a paper", "/households/certificates/", Permission.CARE, order=32, icon="search"),
        NavItem("Fresh or stale", "/households/fresh/", Permission.FRESH, order=32, icon="clock"),
        NavItem("Tables brought in", "/households/tables/", Permission.IMPORT, order=33, icon="download"),
        NavItem("Help plans", "/households/plans/", Permission.CARE, order=32, icon="check"),
        NavItem("Institutions", "/households/institutions/", Permission.PLACES, order=35, icon="building"),
        NavItem("Tables taken out", "/households/exports/", Permission.EXPORTS, order=33, icon="send"),
        NavItem(
            "Who reads and writes what", "/households/fields/", Permission.FIELDS, order=89, icon="search"
        ),
        NavItem("Kept and gone", "/households/retention/", Permission.RETENTION, order=88, icon="clock"),
        NavItem(
            "Requests of families", "/households/requests/", Permission.REQUESTS, order=32, icon="people"
        ),
        NavItem("Returns upward", "/households/returns/", Permission.RETURN, order=33, icon="building"),
        NavItem("Liaisons", "/households/liaisons/", Permission.ASSIGN, order=34, icon="people"),
    ),
    offers=(
        Offer(
            "case",
            "Where the family was",
            "/households/where/case/{id}/",
            Permission.WHERE,
            when=f"{_HERE}.queries.where.offered",
        ),
    ),
    commands=(
        CommandKind(
            "households.update",
            handler=f"{_HERE}.syncables.apply_update",
            body=f"{_HERE}.syncables.UpdateBody",
        ),
        CommandKind(
            "households.move", handler=f"{_HERE}.syncables.apply_move", body=f"{_HERE}.syncables.MoveBody"
        ),
        CommandKind(
            "households.camp", handler=f"{_HERE}.syncables.apply_camp", body=f"{_HERE}.syncables.CampBody"
        ),
        CommandKind(
            "households.life", handler=f"{_HERE}.syncables.apply_life", body=f"{_HERE}.syncables.LifeBody"
        ),
        CommandKind(
            "households.check", handler=f"{_HERE}.syncables.apply_check", body=f"{_HERE}.syncables.CheckBody"
        ),
        CommandKind(
            "households.paper", handler=f"{_HERE}.syncables.apply_paper", body=f"{_HERE}.syncables.PaperBody"
        ),
    ),
    syncables=(
        Syncable(
            "catalogue",
            visible=f"{_HERE}.syncables.visible_catalogue",
            render=f"{_HERE}.syncables.render_catalogue",
            order=9,
        ),
        Syncable(
            "household",
            visible=f"{_HERE}.syncables.visible_households",
            render=f"{_HERE}.syncables.render_households",
            order=10,
        ),
        Syncable(
            "institution",
            visible=f"{_HERE}.syncables.visible_institutions",
            render=f"{_HERE}.syncables.render_institutions",
            order=11,
        ),
    ),
    retentions=(
        Retention(
            "households.tables",
            what="Lines of brought tables",
            why="after the last step with the table",
            due=f"{_HERE}.actions.retaining.tables_due",
            sweep=f"{_HERE}.actions.retaining.forget_tables",
            days=30,
        ),
        Retention(
            "households.exports",
            what="Downloads of the register",
            why="after they were asked for, at most",
            due=f"{_HERE}.actions.exporting.exports_due",
            sweep=f"{_HERE}.actions.exporting.end_exports",
            days=7,
        ),
        Retention(
            "households.certificates",
            what="Words and pictures of papers",
            why="after the paper was taken in",
            due=f"{_HERE}.actions.certificates.certificates_due",
            sweep=f"{_HERE}.actions.certificates.forget_certificates",
        ),
        Retention(
            "households.needs",
            what="Needs and help plans",
            why="after the need was over",
            due=f"{_HERE}.actions.retaining.needs_due",
            sweep=f"{_HERE}.actions.retaining.forget_needs",
        ),
        Retention(
            "households.requests",
            what="What families said in requests",
            why="after they were decided",
            due=f"{_HERE}.actions.retaining.requests_due",
            sweep=f"{_HERE}.actions.retaining.forget_requests",
            days=1095,
        ),
        Retention(
            "households.readings",
            what="Who opened a record",
            why="after it was opened",
            due=f"{_HERE}.actions.retaining.readings_due",
            sweep=f"{_HERE}.actions.retaining.forget_readings",
            days=1095,
        ),
        Retention(
            "households.phone_papers",
            what="Pictures of papers from phones",
            why="when nobody confirmed what stands in them",
            due=f"{_HERE}.actions.retaining.phone_papers_due",
            sweep=f"{_HERE}.actions.retaining.forget_phone_papers",
            days=30,
        ),
        Retention(
            "households.families",
            what="Records of families that left",
            why="after the household was closed",
            due=f"{_HERE}.actions.retaining.families_due",
            sweep=f"{_HERE}.actions.retaining.forget_families",
            days=1095,
        ),
    ),
    handlers=(
        Handler("households.count", events=COUNTED, handle=f"{_HERE}.handlers.follow", together=True),
        Handler("households.note_erasure", events=tuple(AGAIN), handle="mulian.core.events.erasures.note"),
        Handler("households.tell_both", events=TOLD, handle=f"{_HERE}.handlers.tell_both_sides"),
    ),
    timers=(
        Timer(
            "households.catalogue",
            sweep=f"{_HERE}.actions.publishing.publish_catalogue",
            every=timedelta(minutes=10),
        ),
        Timer("households.dues", sweep=f"{_HERE}.actions.counting.keep_dues", every=timedelta(seconds=10)),
        Timer(
            "households.tables",
            sweep=f"{_HERE}.actions.importing.sweeping.work_on",
            every=timedelta(seconds=2),
            outside=True,
        ),
        Timer(
            "households.exports",
            sweep=f"{_HERE}.web.export_making.make_due",
            every=timedelta(seconds=3),
            outside=True,
        ),
        Timer(
            "households.end_exports",
            sweep=f"{_HERE}.actions.exporting.end_exports",
            every=timedelta(minutes=1),
        ),
        Timer(
            "households.feeds",
            sweep=f"{_HERE}.actions.feeding.take_due",
            every=timedelta(minutes=10),
            outside=True,
        ),
        Timer(
            "households.help",
            sweep=f"{_HERE}.actions.reminding.remind_due",
            every=timedelta(minutes=30),
        ),
        Timer(
            "households.requests",
            sweep=f"{_HERE}.actions.urging.urge_due",
            every=timedelta(minutes=10),
        ),
        Timer(
            "households.certificates",
            sweep=f"{_HERE}.actions.certificates.forget_certificates",
            every=timedelta(hours=6),
        ),
        Timer(
            "households.evict_hidden",
            sweep=f"{_HERE}.actions.guarding.evict_hidden",
            every=timedelta(hours=6),
        ),
        Timer(
            "households.forget_phone_papers",
            sweep=f"{_HERE}.actions.retaining.forget_phone_papers",
            every=timedelta(hours=6),
        ),
        Timer(
            "households.forget_tables",
            sweep=f"{_HERE}.actions.retaining.forget_tables",
            every=timedelta(hours=6),
        ),
        Timer(
            "households.forget_needs",
            sweep=f"{_HERE}.actions.retaining.forget_needs",
            every=timedelta(hours=6),
        ),
        Timer(
            "households.forget_asked",
            sweep=f"{_HERE}.actions.retaining.forget_requests",
            every=timedelta(hours=6),
        ),
        Timer(
            "households.forget_readings",
            sweep=f"{_HERE}.actions.retaining.forget_readings",
            every=timedelta(hours=6),
        ),
        Timer(
            "households.forget_families",
            sweep=f"{_HERE}.actions.retaining.forget_families",
            every=timedelta(hours=6),
        ),
    ),
    again=AGAIN,
    kinds={"household": "Households", "institution": "Institutions"},
    pack=f"{_HERE}.pack",
    api=f"{_HERE}.api.router",
    web=f"{_HERE}.web.urls",
    seed=f"{_HERE}.seed.seed",
    seed_order=10,
    demo_facts=f"{_HERE}.seed.demo_facts",
)
