from django.apps import AppConfig


class OpenRosaConfig(AppConfig):
    name = "mulian.gateways.openrosa"
    label = "openrosa"
