from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("households", "0011_certificates")]

    operations = [
        migrations.AlterField(
            model_name="reading",
            name="way",
            field=models.CharField(
                choices=[
                    (way, way)
                    for way in ("page", "history", "found", "where", "table", "list", "slip", "paper", "case")
                ],
                max_length=8,
            ),
        ),
    ]
