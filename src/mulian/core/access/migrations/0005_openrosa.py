"""Keys of form programs: found by their hash, made again from their salt."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_buckets"),
    ]

    operations = [
        migrations.AddField(
            model_name="device",
            name="openrosa_salt",
            field=models.CharField(blank=True, default="", max_length=16),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="device",
            name="openrosa_hash",
            field=models.CharField(blank=True, db_index=True, max_length=64),
        ),
    ]
