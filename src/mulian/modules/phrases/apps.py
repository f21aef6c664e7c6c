from django.apps import AppConfig


class PhrasesConfig(AppConfig):
    name = "mulian.modules.phrases"
    label = "phrases"
