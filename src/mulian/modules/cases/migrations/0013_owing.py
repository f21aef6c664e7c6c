"""Promises that a policy adds are counted; an office's cases are found by what is due next."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_services")]

    operations = [
        migrations.AddField("replanning", "added", models.IntegerField(default=0)),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["responsible_unit", "next_due", "id"],
                name="case_unit_due",
                condition=models.Q(("next_due__isnull", False)),
            ),
        ),
    ]
