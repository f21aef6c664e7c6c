"""All addresses. Modules bring theirs through the registry; their `web/urls.py` writes full paths."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from mulian.core.files.web import urls as files
from mulian.core.registry import modules
from mulian.core.sync import views as sync
from mulian.site.api import addresses
from mulian.site.field import clips, enrol, guide, lease
from mulian.site.field import views as field
from mulian.site.health import healthz, metrics

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("metrics", metrics),
    path("field/sync", sync.sync),
    path("field/enrol", enrol.enrol),
    path("field/lease", lease.lease),
    path("field/guide", guide.guide),
    path("field/clips/<str:sha256>", clips.clip),
    path("field/", include(files.field_urls)),
    path("api/v1/", addresses()),
    path("", include(files.staff_urls)),
    path("", include("mulian.site.console.urls")),
    path("", include("mulian.site.portal.urls")),
    *[path("", include(module.web)) for module in modules() if module.web],
    path("field/", field.app, {"name": "index.html"}),
    path("field/<path:name>", field.app),
]
