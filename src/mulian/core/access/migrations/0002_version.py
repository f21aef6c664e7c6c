"""The one row of the access version."""

from django.db import migrations


def row(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        apps.get_model("access", "AccessVersion").objects.get_or_create(id=1)


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [migrations.RunPython(row, migrations.RunPython.noop)]
