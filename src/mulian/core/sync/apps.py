from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "mulian.core.sync"
    label = "sync"
