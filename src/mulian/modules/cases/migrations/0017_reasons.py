"""Why a task was withdrawn is a text of the interpreters' queue too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_mass_by_hazard")]

    operations = [
        migrations.AlterField(
            model_name="translation",
            name="piece",
            field=models.CharField(
                choices=[
                    ("report", "report"),
                    ("transcript", "transcript"),
                    ("feedback", "feedback"),
                    ("answer", "answer"),
                    ("notice", "notice"),
                    ("reason", "reason"),
                ],
                max_length=10,
            ),
        )
    ]
