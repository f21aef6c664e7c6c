"""Pictures and sounds of labels."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forms", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="form",
            name="media",
            field=models.JSONField(default=dict),
        ),
    ]
