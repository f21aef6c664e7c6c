"""Addresses of the portal's own pages."""

from django.urls import URLPattern, path

from mulian.site.portal import views

urlpatterns: list[URLPattern] = [path("public/", views.home, name="public")]
