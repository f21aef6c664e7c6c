"""Addresses of the pages of tasks and visits."""

from __future__ import annotations

from django.urls import path

from mulian.modules.tasks.web.views import answering, issuing, listing, visiting

urlpatterns = [
    path("tasks/", listing.tasks, name="tasks"),
    path("tasks/new/", issuing.new, name="tasks_new"),
    path("tasks/<uuid:id>/", listing.task, name="tasks_task"),
    path("tasks/<uuid:id>/answer/", answering.own, name="tasks_answer"),
    path("tasks/<uuid:id>/withdraw/", issuing.withdraw, name="tasks_withdraw"),
    path("tasks/parts/<uuid:id>/answer/", answering.for_person, name="tasks_answer_for"),
    path("visits/", visiting.visits, name="visits"),
    path("visits/<uuid:id>/", visiting.family, name="visits_family"),
]
