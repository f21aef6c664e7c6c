from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("households", "0003_spoken")]

    operations = [
        migrations.AddField("return", "sent_by", models.UUIDField(null=True)),
    ]
