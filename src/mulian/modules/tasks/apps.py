"""Django app of tasks."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Tasks that go down the line and are rolled up, and visits."""

    name = "mulian.modules.tasks"
    label = "tasks"
    default_auto_field = "django.db.models.BigAutoField"
