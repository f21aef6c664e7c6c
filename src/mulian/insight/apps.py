from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "mulian.insight"
    label = "insight"
