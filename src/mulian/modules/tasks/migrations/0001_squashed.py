import django.db.models.deletion
import django.db.models.manager
import mulian.modules.tasks.domain.following
import mulian.modules.tasks.domain.reminding
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('tasks', '0001_initial'), ('tasks', '0002_both_languages'), ('tasks', '0003_reason_in_both_languages')]

    initial = True

    dependencies = [
        ('access', '__first__'),
        ('areas', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=120)),
                ('text', models.TextField(blank=True)),
                ('other_language', models.CharField(blank=True, max_length=8)),
                ('other_title', models.CharField(blank=True, max_length=360)),
                ('other_text', models.TextField(blank=True)),
                ('voice', models.CharField(blank=True, max_length=64)),
                ('voice_seconds', models.FloatField(null=True)),
                ('aim', models.CharField(choices=[('area', 'area'), ('people', 'people'), ('households', 'households')], max_length=10)),
                ('role', models.CharField(max_length=20)),
                ('asks', models.CharField(choices=[('done', 'done'), ('yes_no', 'yes_no'), ('number', 'number'), ('photo', 'photo'), ('voice', 'voice')], max_length=8)),
                ('urgent', models.BooleanField(default=False)),
                ('issued_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by', models.UUIDField(null=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('other_reason', models.CharField(blank=True, max_length=900)),
                ('rev', models.IntegerField(default=1)),
                ('area', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('issuer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('issuer_unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.unit')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['-issued_at', '-id'], name='task_newest'), models.Index(condition=models.Q(('withdrawn_at__isnull', True)), fields=['due_at'], name='task_living')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('household', models.UUIDField(null=True)),
                ('assigned_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('came_later', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('open', 'open'), ('answered', 'answered'), ('released', 'released')], default=mulian.modules.tasks.domain.following.State['OPEN'], max_length=8)),
                ('released_at', models.DateTimeField(null=True)),
                ('released_as', models.CharField(blank=True, choices=[('left', 'left'), ('answered', 'answered'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.UUIDField(null=True)),
                ('done', models.BooleanField(null=True)),
                ('yes', models.BooleanField(null=True)),
                ('number', models.FloatField(null=True)),
                ('text', models.TextField(blank=True)),
                ('voice', models.CharField(blank=True, max_length=64)),
                ('voice_seconds', models.FloatField(null=True)),
                ('photos', models.JSONField(default=list)),
                ('fired', models.SmallIntegerField(choices=[(0, 'NONE'), (1, 'NEAR'), (2, 'OVERDUE')], default=mulian.modules.tasks.domain.reminding.Fired['NONE'])),
                ('next_at', models.DateTimeField(null=True)),
                ('rev', models.IntegerField(default=1)),
                ('area', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('task', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='tasks.task')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['task', 'area'], name='assignment_task'), models.Index(fields=['person', 'state'], name='assignment_person'), models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at', 'id'], name='assignment_due'), models.Index(condition=models.Q(('household__isnull', False)), fields=['household'], name='assignment_household')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('household__isnull', True)), fields=('task', 'person', 'area'), name='assignment_once_an_area'), models.UniqueConstraint(condition=models.Q(('household__isnull', False)), fields=('task', 'person', 'household'), name='assignment_once_a_household')],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('household', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('lat', models.FloatField(null=True)),
                ('lon', models.FloatField(null=True)),
                ('text', models.TextField(blank=True)),
                ('voice', models.CharField(blank=True, max_length=64)),
                ('voice_seconds', models.FloatField(null=True)),
                ('photos', models.JSONField(default=list)),
                ('needs_case', models.BooleanField(default=False)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['household', '-at'], name='visit_household')],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
    ]
