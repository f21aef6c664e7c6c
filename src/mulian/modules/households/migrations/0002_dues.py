import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("households", "0001_squashed")]

    operations = [
        migrations.CreateModel(
            name="Due",
            fields=[
                (
                    "household",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="due",
                        serialize=False,
                        to="households.household",
                    ),
                ),
                ("rule", models.CharField(max_length=16)),
                ("days", models.BinaryField()),
            ],
        ),
    ]
