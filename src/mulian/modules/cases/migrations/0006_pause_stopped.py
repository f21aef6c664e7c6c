from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_ownership'),
    ]

    operations = [
        migrations.AddField(
            model_name='pause',
            name='stopped',
            field=models.BooleanField(default=True),
        ),
    ]
