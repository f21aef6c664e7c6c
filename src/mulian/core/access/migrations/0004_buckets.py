"""Limits that all web processes hold together."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_leases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bucket",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=64)),
                ("level", models.FloatField()),
                ("at", models.FloatField()),
                ("full_at", models.FloatField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("name", "key"), name="access_bucket_once"),
                ],
            },
        ),
    ]
