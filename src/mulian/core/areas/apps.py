from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "mulian.core.areas"
    label = "areas"
