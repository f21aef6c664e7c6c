"""Which updates of another system were told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("open311", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="forward",
            name="told",
            field=models.JSONField(default=list),
        ),
    ]
