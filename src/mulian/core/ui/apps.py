"""Django's entry to the foundations of the user interface."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "mulian.core.ui"
    label = "ui"

    def ready(self) -> None:
        from mulian.core.ui.languages import register_tibetan  # noqa: PLC0415 -- Django loads apps first

        register_tibetan()
