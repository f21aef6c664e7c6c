"""Texts that need the other language, the memory, the glossary; what listeners translated moves to where all of it stands."""

import re
import uuid

import django.db.models.deletion
import mulian.core.database.vendor
from django.conf import settings
from django.db import migrations, models

TIBETAN = re.compile('[\u0f40-\u0fbc]')


def move(apps, schema_editor):
    """Each translation typed at the listening desk becomes the first wording of its voice's translation."""
    item_of, made = apps.get_model('cases', 'ListeningItem'), apps.get_model('cases', 'Translation')
    for item in item_of.objects.exclude(translation='').select_related('case').iterator():
        language = 'bo' if TIBETAN.search(item.transcript) else 'zh-hans'
        made.objects.create(
            id=uuid.uuid5(item.id, 'translation'), subject_kind='case', subject_id=item.case_id, source=item.id,
            piece='transcript' if item.about == 'report' else 'feedback', language=language,
            target='zh-hans' if language == 'bo' else 'bo', original=item.transcript, text=item.translation,
            urgent=item.urgent, state='done', asked_at=item.done_at, due_at=item.done_at, written_at=item.done_at,
            written_by_id=item.listener_id, versions=1,
            confidential=bool(item.case.about_person_id or item.case.about_unit_id or item.case.about_area),
        )


def back(apps, schema_editor):
    """The listener's field gets the words again."""
    item_of, made = apps.get_model('cases', 'ListeningItem'), apps.get_model('cases', 'Translation')
    for row in made.objects.exclude(text='').filter(piece__in=('transcript', 'feedback')).iterator():
        item_of.objects.filter(id=row.source).update(translation=row.text)


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0013_owing'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GlossaryTerm',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('code', mulian.core.database.vendor.CodeField(max_length=40, unique=True)),
                ('zh', models.CharField(max_length=60)),
                ('bo', models.CharField(max_length=120)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('dropped', models.BooleanField(default=False)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Translation',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('subject_kind', models.CharField(max_length=10)),
                ('subject_id', models.UUIDField()),
                ('piece', models.CharField(choices=[('report', 'report'), ('transcript', 'transcript'), ('feedback', 'feedback'), ('answer', 'answer'), ('notice', 'notice')], max_length=10)),
                ('source', models.UUIDField()),
                ('language', models.CharField(max_length=8)),
                ('target', models.CharField(max_length=8)),
                ('original', models.TextField()),
                ('text', models.TextField(blank=True)),
                ('outdated', models.BooleanField(default=False)),
                ('confidential', models.BooleanField(default=False)),
                ('urgent', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('claimed', 'Claimed'), ('done', 'Done')], default='waiting', max_length=8)),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('claimed_at', models.DateTimeField(null=True)),
                ('back_at', models.DateTimeField(null=True)),
                ('written_at', models.DateTimeField(null=True)),
                ('versions', models.SmallIntegerField(default=0)),
                ('suggestion', models.TextField(blank=True)),
                ('suggested_by', models.CharField(blank=True, max_length=60)),
                ('ask_machine_at', models.DateTimeField(null=True)),
                ('claimed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['subject_id'], name='translation_subject'),
                    models.Index(condition=models.Q(('state', 'done'), _negated=True), fields=['-urgent', 'due_at'], name='translation_queue'),
                    models.Index(condition=models.Q(('state', 'claimed')), fields=['back_at'], name='translation_back'),
                    models.Index(condition=models.Q(('ask_machine_at__isnull', False)), fields=['ask_machine_at'], name='translation_machine'),
                ],
                'constraints': [models.UniqueConstraint(fields=('source', 'piece'), name='translation_once')],
            },
        ),
        migrations.CreateModel(
            name='Segment',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('language', models.CharField(max_length=8)),
                ('original', models.TextField()),
                ('text', models.TextField()),
                ('size', models.IntegerField()),
                ('kept_at', models.DateTimeField()),
                ('translation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='segments', to='cases.translation')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['language', 'size', '-kept_at'], name='segment_like'),
                    models.Index(fields=['kept_at'], name='segment_kept'),
                ],
            },
        ),
        migrations.RunPython(move, back),
        migrations.RemoveField(model_name='listeningitem', name='translation'),
        migrations.AddField(
            model_name='listeningitem', name='ask_machine_at', field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='listeningitem', name='suggested_by', field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='listeningitem', name='suggestion', field=models.TextField(blank=True),
        ),
        migrations.AddIndex(
            model_name='listeningitem',
            index=models.Index(condition=models.Q(('ask_machine_at__isnull', False)), fields=['ask_machine_at'], name='listening_machine'),
        ),
    ]
