"""Addresses of figures."""

from django.urls import URLPattern, path

from mulian.insight.web.views import figures

urlpatterns: list[URLPattern] = [
    path("figures/", figures.figures, name="figures"),
    path("figures/take/", figures.take, name="figures_take"),
]
