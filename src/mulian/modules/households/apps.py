from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    name = "mulian.modules.households"
    label = "households"
