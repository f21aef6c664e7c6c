"""Addresses of forms: what phones fetch, and the pages of the console."""

from __future__ import annotations

from django.urls import path

from mulian.modules.forms.web import phone
from mulian.modules.forms.web.views import about, answers, filling, listing, passing, publishing

urlpatterns = [
    path("forms/", listing.forms, name="forms"),
    path("forms/publish/", publishing.new, name="forms_publish"),
    path("forms/answers/<uuid:id>/", answers.answer, name="forms_answer"),
    path("forms/answers/<uuid:id>/correct/", filling.correct, name="forms_correct"),
    path("forms/household/<uuid:id>/", about.household, name="forms_household"),
    path("forms/member/<uuid:id>/", about.member, name="forms_member"),
    path("forms/camp/<uuid:id>/", about.camp, name="forms_camp"),
    path("forms/institution/<uuid:id>/", about.institution, name="forms_institution"),
    path("forms/answers/<uuid:id>/file/", answers.add_file, name="forms_add_file"),
    path("forms/<slug:code>/", listing.form, name="forms_form"),
    path("forms/<slug:code>/answers/", answers.answers, name="forms_answers"),
    path("forms/<slug:code>/fill/", filling.fill, name="forms_fill"),
    path("forms/answers/<uuid:id>/over/", passing.over, name="forms_over"),
    path("forms/<slug:code>/declare/<slug:choice>/", passing.declare, name="forms_declare"),
    path("forms/<slug:code>/end/<slug:choice>/", passing.end, name="forms_end"),
    path("forms/<slug:code>/drop/", listing.drop, name="forms_drop"),
    path("forms/<slug:code>/<slug:version>.xlsx", listing.sheets, name="forms_sheets"),
    path("field/forms/<str:sha256>", phone.form, name="field_form"),
]
