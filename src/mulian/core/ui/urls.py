"""Addresses of the switches, included by the console."""

from django.urls import path

from mulian.core.ui import views

urlpatterns = [
    path("language", views.language, name="language"),
    path("theme", views.theme, name="theme"),
]
