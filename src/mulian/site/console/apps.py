"""Django's entry to the console; listed before allauth so that our pages replace its own."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "mulian.site.console"
    label = "console"

    def ready(self) -> None:
        from mulian.site.console import passwords  # noqa: PLC0415 -- needs the models loaded

        passwords.connect()
