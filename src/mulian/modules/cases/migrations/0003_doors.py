import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mulian.core.database.vendor


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_whistle"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="about_area",
            field=mulian.core.database.vendor.CodeField(blank=True, max_length=30),
        ),
        migrations.CreateModel(
            name="FollowingCode",
            fields=[
                ("report", models.UUIDField(primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="HeldReport",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "because",
                    models.CharField(
                        choices=[
                            ("address", "Address"),
                            ("everybody", "Everybody"),
                            ("trap", "Trap"),
                            ("haste", "Haste"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("voice", models.CharField(blank=True, max_length=64)),
                ("voice_seconds", models.FloatField(null=True)),
                ("hazard", mulian.core.database.vendor.CodeField(blank=True, max_length=40)),
                ("area", mulian.core.database.vendor.CodeField(blank=True, max_length=30)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("accuracy", models.FloatField(null=True)),
                ("reach", models.CharField(blank=True, max_length=120)),
                ("about_area", mulian.core.database.vendor.CodeField(blank=True, max_length=30)),
                ("language", models.CharField(max_length=8)),
                ("received_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("taken", "Taken"), ("dropped", "Dropped")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="heldreport",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["received_at"], name="held_waiting"
            ),
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("report", models.UUIDField(null=True)),
                ("verdict", models.CharField(max_length=12)),
                ("read_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="PublishedMonth",
            fields=[
                ("since", models.DateField(primary_key=True, serialize=False)),
                ("k", models.PositiveSmallIntegerField()),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="PublishedFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("township", mulian.core.database.vendor.CodeField(blank=True, max_length=30)),
                ("topic", mulian.core.database.vendor.CodeField(blank=True, max_length=60)),
                ("cases", models.PositiveIntegerField()),
                ("solved_tenths", models.PositiveSmallIntegerField()),
                (
                    "month",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="cases.publishedmonth",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="publishedfigure",
            constraint=models.UniqueConstraint(fields=("month", "township", "topic"), name="published_once"),
        ),
    ]
