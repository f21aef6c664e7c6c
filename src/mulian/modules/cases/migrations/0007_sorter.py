from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_pause_stopped")]

    operations = [
        migrations.AlterField(
            model_name="case",
            name="topic_by",
            field=models.CharField(
                choices=[
                    ("person", "Person"),
                    ("lexicon", "Lexicon"),
                    ("hazard", "Hazard"),
                    ("model", "Model"),
                    ("none", "None"),
                ],
                default="none",
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="Sorter",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("learning", "Learning"),
                            ("in_use", "In Use"),
                            ("refused", "Refused"),
                            ("retired", "Retired"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=16)),
                ("begun_at", models.DateTimeField()),
                ("judged_at", models.DateTimeField(null=True)),
                ("since", models.DateTimeField(null=True)),
                ("learnt_from", models.IntegerField(default=0)),
                ("held_out", models.IntegerField(default=0)),
                ("figures", models.JSONField(default=dict)),
                ("stood", models.JSONField(default=dict)),
                ("stood_name", models.CharField(blank=True, max_length=60)),
                ("body", models.BinaryField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["-begun_at"], name="sorter_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "in_use")), fields=("state",), name="sorter_one_in_use"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "in_use"), _negated=True),
                            ("body__isnull", False),
                            _connector="OR",
                        ),
                        name="sorter_in_use_is_whole",
                    ),
                ],
            },
        ),
    ]
