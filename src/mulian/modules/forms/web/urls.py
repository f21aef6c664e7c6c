"""Addresses of forms: what phones fetch, and the pages of the console."""

from __future__ import annotations

from django.urls import path

from mulian.modules.forms.web import phone

urlpatterns = [
    path("field/forms/<str:sha256>", phone.form, name="field_form"),
]
