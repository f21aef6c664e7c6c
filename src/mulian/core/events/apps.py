from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "mulian.core.events"
    label = "events"
