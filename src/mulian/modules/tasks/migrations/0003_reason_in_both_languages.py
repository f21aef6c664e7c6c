"""Why a task was taken back stands in both languages."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tasks", "0002_both_languages")]

    operations = [
        migrations.AddField(
            model_name="task", name="other_reason", field=models.CharField(blank=True, max_length=900)
        )
    ]
