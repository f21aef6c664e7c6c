"""Addresses: the page where labels are spoken, and what phones fetch."""

from __future__ import annotations

from django.urls import path

from mulian.modules.phrases.web import console, phone

urlpatterns = [
    path("phrases/", console.start, name="phrases"),
    path("phrases/<str:language>/", console.page, name="phrases_page"),
    path("phrases/<str:language>/record", console.record, name="phrases_record"),
    path("phrases/<str:language>/drop", console.drop, name="phrases_drop"),
    path("phrases/<str:language>/pack", console.download, name="phrases_pack"),
    path("field/phrases/<str:language>", phone.manifest, name="field_phrases"),
    path("field/phrases/<str:language>/<str:sha256>", phone.sound, name="field_phrase"),
]
