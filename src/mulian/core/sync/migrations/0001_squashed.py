from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('sync', '0001_initial'), ('sync', '0002_late_verdicts'), ('sync', '0003_silences')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('device', models.UUIDField(primary_key=True, serialize=False)),
                ('person', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('skew_seconds', models.IntegerField(default=0)),
                ('unsent', models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='ServerKey',
            fields=[
                ('kid', models.CharField(max_length=16, primary_key=True, serialize=False)),
                ('private_pem', models.TextField()),
                ('public_jwk', models.JSONField()),
                ('created_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Silence',
            fields=[
                ('device', models.UUIDField(primary_key=True, serialize=False)),
                ('person', models.UUIDField()),
                ('since', models.DateTimeField()),
                ('unsent', models.IntegerField(default=0)),
                ('told_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Applied',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('state', models.CharField(max_length=8)),
                ('code', models.CharField(blank=True, max_length=60)),
                ('refs', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
                ('device', models.UUIDField(null=True)),
                ('told_by', models.UUIDField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('told_by__isnull', False)), fields=['told_by', 'device'], name='applied_late')],
            },
        ),
        migrations.CreateModel(
            name='Command',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('device', models.UUIDField()),
                ('carrier', models.UUIDField(null=True)),
                ('person', models.UUIDField(null=True)),
                ('seq', models.BigIntegerField(default=0)),
                ('kind', models.CharField(max_length=40)),
                ('v', models.SmallIntegerField(default=1)),
                ('after', models.JSONField(default=list)),
                ('urgent', models.BooleanField(default=False)),
                ('raw', models.BinaryField()),
                ('received_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('received', 'Received'), ('parked', 'Parked'), ('applied', 'Applied'), ('refused', 'Refused')], default='received', max_length=8)),
                ('code', models.CharField(blank=True, max_length=60)),
                ('refs', models.JSONField(default=dict)),
                ('decided_at', models.DateTimeField(null=True)),
                ('leased_until', models.DateTimeField(null=True)),
                ('tries', models.SmallIntegerField(default=0)),
                ('seen_by', models.UUIDField(null=True)),
                ('seen_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'received')), fields=['-urgent', 'id'], name='command_waiting'), models.Index(condition=models.Q(('state', 'parked')), fields=['id'], name='command_parked'), models.Index(condition=models.Q(('state', 'refused')), fields=['received_at'], name='command_refused'), models.Index(fields=['device', 'id'], name='command_device')],
            },
        ),
    ]
