from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "mulian.core.access"
    label = "access"
