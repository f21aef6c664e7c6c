"""A promise says when a changed policy last moved it, and what it was due before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_squashed")]

    operations = [
        migrations.AddField("promise", "moved_at", models.DateTimeField(null=True)),
        migrations.AddField("promise", "moved_from", models.DateTimeField(null=True)),
    ]
