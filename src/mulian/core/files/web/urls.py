"""Addresses: `/files` for staff and programs, `/field/files` for phones; both speak tus 1.0."""

from django.urls import URLPattern, path

from mulian.core.files.web import views

field_urls: list[URLPattern] = [
    path("files", views.field_files, name="files_field"),
    path("files/<str:sha256>", views.field_file, name="files_field_file"),
]
"""Below `/field/`."""
staff_urls: list[URLPattern] = [
    path("files", views.files, name="files_all"),
    path("files/<str:sha256>", views.file, name="files_file"),
]
