"""Descriptor: forms."""

from datetime import timedelta

from mulian.core.registry import CommandKind, Handler, Module, NavItem, Offer, Retention, Syncable, Timer
from mulian.modules.forms.permissions import GRANTS, Permission

_HERE = "mulian.modules.forms"

MODULE = Module(
    name="forms",
    title="Forms",
    grants=GRANTS,
    navigation=(NavItem("Forms", "/forms/", Permission.WATCH, order=36, icon="edit"),),
    offers=(
        Offer(
            "household",
            "Forms about this household",
            "/forms/household/{id}/",
            Permission.FILL,
            when=f"{_HERE}.queries.published.about_households",
        ),
        Offer(
            "member",
            "Forms about this member",
            "/forms/member/{id}/",
            Permission.FILL,
            when=f"{_HERE}.queries.published.about_members",
        ),
        Offer(
            "camp",
            "Forms about this camp",
            "/forms/camp/{id}/",
            Permission.FILL,
            when=f"{_HERE}.queries.published.about_camps",
        ),
        Offer(
            "institution",
            "Forms about this institution",
            "/forms/institution/{id}/",
            Permission.FILL,
            when=f"{_HERE}.queries.published.about_institutions",
        ),
    ),
    commands=(
        CommandKind(
            "forms.submit", handler=f"{_HERE}.syncables.apply_submit", body=f"{_HERE}.syncables.SubmitBody"
        ),
    ),
    syncables=(
        Syncable(
            "form",
            visible=f"{_HERE}.syncables.visible_forms",
            render=f"{_HERE}.syncables.render_forms",
            order=40,
            beside=f"{_HERE}.syncables.beside",
        ),
    ),
    handlers=(
        Handler("forms.erase", events=("households.record_erased",), handle=f"{_HERE}.handlers.erase"),
    ),
    retentions=(
        Retention(
            "forms.passing",
            what="What people passing through told",
            why="when its service is done, its epidemic is over, they left, or the days of its form are",
            due=f"{_HERE}.actions.passing.due",
            sweep=f"{_HERE}.actions.passing.forget",
        ),
    ),
    timers=(
        Timer("forms.passing", sweep=f"{_HERE}.actions.passing.forget", every=timedelta(hours=1)),
        Timer("forms.pack", sweep=f"{_HERE}.actions.packed.publish_packed", every=timedelta(minutes=10)),
    ),
    kinds={"submission": "Answers", "form": "Forms"},
    web=f"{_HERE}.web.urls",
    pack=f"{_HERE}.pack",
    seed=f"{_HERE}.seed.seed",
    seed_order=30,
)
