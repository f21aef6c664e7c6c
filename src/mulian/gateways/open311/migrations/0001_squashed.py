import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('open311', '0001_initial'), ('open311', '0002_forward_told'), ('open311', '0003_theirs')]

    initial = True

    dependencies = [
        ('access', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Asked',
            fields=[
                ('system', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('due_at', models.DateTimeField()),
                ('heard_at', models.DateTimeField(null=True)),
                ('error', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('case', models.UUIDField(primary_key=True, serialize=False)),
                ('text', models.TextField(blank=True)),
                ('sha256', models.CharField(blank=True, db_index=True, max_length=64)),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Forward',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('case', models.UUIDField(db_index=True)),
                ('system', models.CharField(max_length=40)),
                ('service', models.CharField(max_length=100)),
                ('text', models.TextField()),
                ('lat', models.FloatField(null=True)),
                ('lon', models.FloatField(null=True)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('by', models.UUIDField()),
                ('state', models.CharField(choices=[('sending', 'Sending'), ('named', 'Named'), ('there', 'There'), ('over', 'Over'), ('refused', 'Refused')], default='sending', max_length=8)),
                ('number', models.CharField(blank=True, max_length=100)),
                ('token', models.CharField(blank=True, max_length=200)),
                ('heard', models.CharField(blank=True, max_length=64)),
                ('told', models.JSONField(default=list)),
                ('tries', models.PositiveIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(null=True)),
                ('leased_until', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='open311_forward_due')],
                'constraints': [models.UniqueConstraint(fields=('case', 'system'), name='open311_forward_once')],
            },
        ),
        migrations.CreateModel(
            name='Key',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('owner', models.CharField(max_length=80)),
                ('contact', models.CharField(blank=True, max_length=120)),
                ('key_hash', models.CharField(max_length=64, unique=True)),
                ('jurisdiction', models.CharField(max_length=60)),
                ('per_hour', models.PositiveIntegerField()),
                ('created_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('used_at', models.DateTimeField(null=True)),
                ('login', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Mapped',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('system', models.CharField(max_length=40)),
                ('topic', models.CharField(blank=True, max_length=60)),
                ('service', models.CharField(blank=True, max_length=100)),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('system', 'topic'), name='open311_mapped_once')],
            },
        ),
        migrations.CreateModel(
            name='Theirs',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('system', models.CharField(max_length=40)),
                ('code', models.CharField(max_length=100)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('group', models.CharField(blank=True, max_length=100)),
                ('gone', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('system', 'code'), name='open311_theirs_once')],
            },
        ),
        migrations.CreateModel(
            name='Incoming',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
                ('service', models.CharField(max_length=60)),
                ('number', models.CharField(blank=True, max_length=24)),
                ('token', models.CharField(max_length=40, null=True, unique=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('taken', 'Taken'), ('refused', 'Refused')], max_length=8)),
                ('form', models.JSONField(default=dict)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('received_at', models.DateTimeField()),
                ('key', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='open311.key')),
            ],
            options={
                'indexes': [models.Index(fields=['key', 'digest', '-received_at'], name='open311_again'), models.Index(fields=['key', 'received_at'], name='open311_rate'), models.Index(condition=models.Q(('state', 'waiting')), fields=['received_at'], name='open311_waiting')],
            },
        ),
        migrations.CreateModel(
            name='Update',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('case', models.UUIDField()),
                ('name', models.CharField(max_length=64)),
                ('received_at', models.DateTimeField()),
                ('key', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='updates', to='open311.key')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'case', 'name'), name='open311_update_once')],
            },
        ),
    ]
