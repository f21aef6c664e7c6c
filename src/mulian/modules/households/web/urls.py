"""Addresses of the register's pages."""

from __future__ import annotations

from django.urls import path

from mulian.modules.households.web.views import (
    care,
    changing,
    exporting,
    fresh,
    importing,
    institutions,
    ledger,
    liaisons,
    living,
    moving,
    parting,
    register,
    totals,
    where,
)

urlpatterns = [
    path("households/", ledger.ledger, name="households"),
    path("households/find/", ledger.find, name="households_find"),
    path("households/fresh/", fresh.fresh, name="households_fresh"),
    path("households/fresh/<str:area>/collect/", fresh.collect, name="households_collect"),
    path("households/new/", changing.register, name="households_register"),
    path("households/liaisons/", liaisons.overview, name="households_liaisons"),
    path("households/liaisons/<str:area>/", liaisons.hand_over, name="households_hand_over"),
    path("households/institutions/", institutions.listed, name="households_institutions"),
    path("households/institutions/new/", institutions.new, name="households_new_institution"),
    path("households/institutions/<uuid:id>/", institutions.institution, name="households_institution"),
    path(
        "households/institutions/<uuid:id>/change/", institutions.change, name="households_change_institution"
    ),
    path("households/institutions/<uuid:id>/check/", institutions.check, name="households_check_institution"),
    path("households/totals/", totals.totals, name="households_totals"),
    path("households/where/case/<uuid:id>/", where.where, {"kind": "case"}, name="households_where"),
    path("households/exports/", exporting.exports, name="households_exports"),
    path("households/exports/new/", exporting.ask, name="households_export"),
    path("households/exports/<uuid:id>/decide/", exporting.decide, name="households_export_decide"),
    path("households/exports/<uuid:id>/take/", exporting.take, name="households_export_take"),
    path("households/tables/", importing.tables, name="households_tables"),
    path("households/tables/new/", importing.bring, name="households_bring"),
    path("households/tables/<uuid:id>/", importing.table, name="households_table"),
    path("households/tables/<uuid:id>/headings/", importing.headings, name="households_table_headings"),
    path("households/tables/<uuid:id>/meanings/", importing.meanings, name="households_table_meanings"),
    path("households/tables/<uuid:id>/decide/", importing.decide, name="households_table_decide"),
    path("households/tables/<uuid:id>/steps/<str:verb>/", importing.step, name="households_table_step"),
    path("households/tables/<uuid:id>/marked/", importing.marked, name="households_table_marked"),
    path("households/<uuid:id>/", ledger.household, name="household"),
    path("households/<uuid:id>/change/", changing.change, name="households_change"),
    path("households/<uuid:id>/close/", parting.close, name="households_close"),
    path("households/<uuid:id>/members/new/", living.came, name="households_add_member"),
    path("households/<uuid:id>/members/<uuid:member>/", changing.change_member, name="households_member"),
    path("households/<uuid:id>/members/<uuid:member>/left/", living.went, name="households_went"),
    path("households/<uuid:id>/history/", living.history, name="households_history"),
    path("households/<uuid:id>/split/", parting.split, name="households_split"),
    path("households/<uuid:id>/merge/", parting.merge, name="households_merge"),
    path("households/<uuid:id>/reopen/", parting.reopen, name="households_reopen"),
    path(
        "households/<uuid:id>/lives/<uuid:event>/take-back/", parting.take_back, name="households_take_back"
    ),
    path("households/<uuid:id>/items/<str:item>/", register.item, name="households_item"),
    path("households/<uuid:id>/papers/", register.paper, name="households_paper"),
    path("households/<uuid:id>/needs/", care.new_need, name="households_new_need"),
    path("households/<uuid:id>/needs/<uuid:need>/", care.need, name="households_need"),
    path("households/<uuid:id>/move/", moving.move, name="households_move"),
    path("households/<uuid:id>/camps/new/", moving.open_camp, name="households_camp"),
]
