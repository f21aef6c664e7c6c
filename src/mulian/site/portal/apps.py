"""Django's entry for the portal's templates."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "mulian.site.portal"
    label = "portal"
