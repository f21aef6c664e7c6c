"""Figures of periods are kept; stretches are found by when they were known."""

import mulian.core.database.vendor
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insight", "0002_guard")]
    operations = [
        migrations.CreateModel(
            name="Count",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("area", mulian.core.database.vendor.CodeField(max_length=30)),
                ("unit", models.UUIDField()),
                ("upto", models.DateTimeField()),
                ("body", models.TextField()),
            ],
            options={
                "indexes": [models.Index(fields=["since", "until"], name="count_period")],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "unit", "since", "until"), name="count_once")
                ],
            },
        ),
        migrations.RemoveIndex(model_name="segment", name="segment_received"),
        migrations.AddIndex(
            model_name="segment",
            index=models.Index(fields=["received", "since", "case"], name="segment_known"),
        ),
    ]
