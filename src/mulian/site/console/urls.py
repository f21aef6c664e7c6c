"""Addresses of the console's own pages."""

from django.urls import include, path

from mulian.site.console import accounts, devices, views

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("offline/", views.offline, name="offline"),
    path("offline.js", views.offline_worker, name="offline_worker"),
    path("settings/", views.settings, name="settings"),
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_notices, name="notices_read"),
    path("notices/<uuid:notice>/", views.open_notice, name="notice"),
    path("live/", views.live, name="live"),
    path("people/phones/", devices.devices, name="devices"),
    path("", include("mulian.core.ui.urls")),
    *accounts.urlpatterns,
]
