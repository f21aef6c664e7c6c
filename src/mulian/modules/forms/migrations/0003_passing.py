"""What people passing through told has an end; what the county declares they may be asked for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forms", "0002_media_on_labels")]

    operations = [
        migrations.CreateModel(
            name="Occasion",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=40)),
                ("choice", models.CharField(max_length=40)),
                ("declared_at", models.DateTimeField()),
                ("declared_by", models.UUIDField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("code", "choice"),
                        name="occasion_once",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="submission", name="ends_at", field=models.DateTimeField(null=True)
        ),
        migrations.AlterField(
            model_name="submission",
            name="state",
            field=models.CharField(
                choices=[("kept", "Kept"), ("held", "Held"), ("replaced", "Replaced"), ("over", "Over")],
                max_length=8,
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("ends_at__isnull", False)), fields=["ends_at"], name="submission_ends"
            ),
        ),
    ]
