from django.apps import AppConfig


class Open311Config(AppConfig):
    name = "mulian.gateways.open311"
    label = "open311"
