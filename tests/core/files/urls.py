"""The addresses of the files as the site places them, without the rest of the site."""

from django.urls import include, path

from mulian.core.files.web.urls import field_urls, staff_urls

urlpatterns = [path("field/", include(field_urls)), *staff_urls]
