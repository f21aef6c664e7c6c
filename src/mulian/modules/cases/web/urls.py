"""Addresses of the pages of cases."""

from django.urls import URLPattern, path

from mulian.modules.cases.web.views import case, duty, inbox, listen, report, saying, sorting, steps

urlpatterns: list[URLPattern] = [
    path("inbox/", inbox.inbox, name="cases_inbox"),
    path("inbox/live/", inbox.inbox_live, name="cases_inbox_live"),
    path("cases/new/", report.new, name="cases_new"),
    path("cases/new/households/", report.find_household, name="cases_find_household"),
    path("cases/new/household/", report.seek_household, name="cases_seek_household"),
    path("cases/<uuid:id>/", case.case, name="cases_case"),
    path("cases/<uuid:id>/live/", case.case_live, name="cases_case_live"),
    path("cases/<uuid:id>/steps/<slug:verb>/", steps.step, name="cases_step"),
    path("cases/<uuid:id>/topic/", sorting.topic, name="cases_topic"),
    path("cases/<uuid:id>/place/", sorting.place, name="cases_place"),
    path("cases/<uuid:id>/urgency/", sorting.urgency, name="cases_urgency"),
    path("cases/<uuid:id>/cancel/", sorting.cancel, name="cases_cancel"),
    path("cases/<uuid:id>/add/", saying.add, name="cases_add"),
    path("cases/<uuid:id>/urge/", saying.urge, name="cases_urge"),
    path("cases/<uuid:id>/rate/", saying.rate, name="cases_rate"),
    path("duty/", duty.board, name="cases_duty"),
    path("duty/live/", duty.board_live, name="cases_duty_live"),
    path("duty/<uuid:id>/take/", duty.take, name="cases_duty_take"),
    path("duty/refused/", duty.quarantine, name="cases_quarantine"),
    path("duty/refused/<uuid:id>/seen/", duty.mark_seen, name="cases_refused_seen"),
    path("listen/", listen.listen, name="cases_listen"),
    path("listen/live/", listen.listen_live, name="cases_listen_live"),
    path("listen/next/", listen.next_voice, name="cases_listen_next"),
    path("listen/<uuid:id>/claim/", listen.claim, name="cases_listen_claim"),
    path("listen/<uuid:id>/release/", listen.release, name="cases_listen_release"),
    path("listen/<uuid:id>/words/", listen.transcribe, name="cases_listen_words"),
]
