"""Some hazards and topics have one name: of each kind a township may have an event open."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_campaigns")]

    operations = [
        migrations.RemoveConstraint(model_name="massevent", name="mass_one_open"),
        migrations.AddConstraint(
            model_name="massevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("matter", "hazard", "area"),
                name="mass_one_open",
            ),
        ),
    ]
