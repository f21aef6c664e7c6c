import django.db.models.deletion
import django.db.models.manager
import mulian.core.database.vendor
import mulian.modules.households.domain.requests
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('households', '0001_initial'), ('households', '0002_register'), ('households', '0003_lives'), ('households', '0004_inout'), ('households', '0005_counted'), ('households', '0006_institutions'), ('households', '0007_consent_language'), ('households', '0008_readings'), ('households', '0009_item_indexes'), ('households', '0010_requests'), ('households', '0011_certificates'), ('households', '0012_case_readings'), ('households', '0013_phone_papers')]

    initial = True

    dependencies = [
        ('access', '__first__'),
        ('areas', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('words', models.CharField(blank=True, max_length=400)),
                ('until', models.DateField(db_index=True)),
                ('by_hand', models.BooleanField(default=False)),
                ('kept_at', models.DateTimeField()),
                ('by', models.UUIDField()),
            ],
            options={
                'base_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('member', models.UUIDField(null=True)),
                ('code', models.CharField(max_length=24)),
                ('held', models.BooleanField()),
                ('valid_to', models.DateField(null=True)),
                ('seen_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(null=True)),
                ('by', models.UUIDField()),
            ],
            options={
                'base_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('name_bo', models.CharField(blank=True, max_length=120)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('language', models.CharField(default='bo', max_length=8)),
                ('picture', models.CharField(blank=True, max_length=64)),
                ('rev', models.IntegerField(default=1)),
                ('created_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'base_manager_name': 'unscoped',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ImportMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=60, unique=True)),
                ('titles', models.JSONField(default=dict)),
                ('changed_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Telling',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('said_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('source', models.CharField(choices=[('told', 'told'), ('seen', 'seen'), ('paper', 'paper'), ('office', 'office')], max_length=6)),
            ],
        ),
        migrations.CreateModel(
            name='CertificatePicture',
            fields=[
                ('certificate', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='picture', serialize=False, to='households.certificate')),
                ('box', models.BinaryField()),
            ],
            options={
                'base_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='certificate',
            name='document',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='certificate', to='households.document'),
        ),
        migrations.AddField(
            model_name='document',
            name='household',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='households.household'),
        ),
        migrations.CreateModel(
            name='Camp',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('season', models.CharField(blank=True, choices=[('spring', 'spring'), ('summer', 'summer'), ('autumn', 'autumn'), ('winter', 'winter')], max_length=6)),
                ('name_zh', models.CharField(blank=True, max_length=60)),
                ('name_bo', models.CharField(blank=True, max_length=120)),
                ('lat', models.FloatField(null=True)),
                ('lon', models.FloatField(null=True)),
                ('accuracy', models.FloatField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='camps', to='areas.area')),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='camps', to='households.household')),
            ],
            options={
                'base_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('by', models.UUIDField(null=True)),
                ('source', models.CharField(max_length=60)),
                ('purpose', models.CharField(max_length=200)),
                ('known_by', models.CharField(choices=[('told', 'told'), ('seen', 'seen'), ('paper', 'paper'), ('office', 'office')], max_length=6)),
                ('as_of', models.DateField()),
                ('file_name', models.CharField(max_length=120)),
                ('digest', models.CharField(max_length=64)),
                ('sheets', models.JSONField(default=list)),
                ('sheet', models.SmallIntegerField(default=0)),
                ('first', models.IntegerField(default=0)),
                ('last', models.IntegerField(default=0)),
                ('mapping', models.JSONField(default=dict)),
                ('refused', models.JSONField(default=list)),
                ('counts', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('mapping', 'Mapping'), ('comparing', 'Comparing'), ('looking', 'Looking'), ('applying', 'Applying'), ('done', 'Done'), ('undoing', 'Undoing'), ('undone', 'Undone'), ('discarded', 'Discarded')], default='mapping', max_length=10)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
            ],
            options={
                'indexes': [models.Index(fields=['state'], name='import_state')],
            },
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('taken_at', models.DateTimeField(null=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('problem', models.CharField(blank=True, max_length=60)),
                ('table', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='households.import')),
            ],
        ),
        migrations.CreateModel(
            name='ImportLine',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('sheet', models.SmallIntegerField()),
                ('number', models.IntegerField()),
                ('cells', models.JSONField()),
                ('family', models.IntegerField(null=True)),
                ('village', models.CharField(blank=True, max_length=12)),
                ('state', models.CharField(choices=[('read', 'Read'), ('part', 'Part'), ('new', 'New'), ('known', 'Known'), ('changed', 'Changed'), ('doubtful', 'Doubtful'), ('wrong', 'Wrong'), ('left', 'Left'), ('applied', 'Applied'), ('undone', 'Undone'), ('stayed', 'Stayed')], default='read', max_length=8)),
                ('faults', models.JSONField(default=list)),
                ('likest', models.JSONField(default=list)),
                ('answer', models.CharField(blank=True, choices=[('same', 'Same'), ('new', 'New'), ('leave', 'Leave')], max_length=5)),
                ('household', models.UUIDField(null=True)),
                ('change', models.JSONField(default=list)),
                ('undo', models.JSONField(default=dict)),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='households.import')),
            ],
            options={
                'indexes': [models.Index(fields=['table', 'state'], name='import_line_state'), models.Index(fields=['table', 'family'], name='import_line_family')],
                'constraints': [models.UniqueConstraint(fields=('table', 'sheet', 'number'), name='import_line_once')],
            },
        ),
        migrations.CreateModel(
            name='Institution',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=24)),
                ('name_zh', models.CharField(max_length=60)),
                ('name_bo', models.CharField(blank=True, max_length=120)),
                ('lat', models.FloatField(null=True)),
                ('lon', models.FloatField(null=True)),
                ('capacity', models.IntegerField(null=True)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('rev', models.IntegerField(default=1)),
                ('created_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
            ],
            options={
                'base_manager_name': 'unscoped',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='LifeEvent',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('came', 'came'), ('went', 'went'), ('split', 'split'), ('merged', 'merged'), ('closed', 'closed'), ('reopened', 'reopened')], max_length=8)),
                ('why', models.CharField(blank=True, choices=[('birth', 'birth'), ('married_in', 'married_in'), ('moved_in', 'moved_in'), ('joined', 'joined'), ('death', 'death'), ('married_out', 'married_out'), ('moved_out', 'moved_out'), ('left', 'left')], max_length=12)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('taken_back_by', models.UUIDField(null=True)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lives', to='households.household')),
                ('other', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='households.household')),
            ],
            options={
                'ordering': ['at', 'recorded_at', 'id'],
                'base_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('position', models.SmallIntegerField(default=0)),
                ('name', models.CharField(max_length=60)),
                ('name_bo', models.CharField(blank=True, max_length=120)),
                ('birth_year', models.SmallIntegerField(null=True)),
                ('relation', models.CharField(choices=[('head', 'head'), ('spouse', 'spouse'), ('child', 'child'), ('child_in_law', 'child_in_law'), ('parent', 'parent'), ('grandparent', 'grandparent'), ('grandchild', 'grandchild'), ('sibling', 'sibling'), ('relative', 'relative'), ('other', 'other')], max_length=12)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('speaks_for', models.BooleanField(default=False)),
                ('gone_at', models.DateTimeField(null=True)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='households.household')),
            ],
            options={
                'ordering': ['position', 'id'],
                'base_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Belonging',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('position', models.SmallIntegerField(default=0)),
                ('relation', models.CharField(blank=True, max_length=12)),
                ('at', models.DateTimeField()),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='households.household')),
                ('event', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='belongings', to='households.lifeevent')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='belongings', to='households.member')),
            ],
            options={
                'ordering': ['id'],
                'base_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('turn', models.IntegerField()),
                ('kind', models.CharField(choices=[('registered', 'registered'), ('residing', 'residing'), ('camp', 'camp')], max_length=10)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('camp', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='households.camp')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='households.household')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['household', 'kind', 'at'], name='move_household')],
                'constraints': [models.UniqueConstraint(fields=('household', 'kind', 'turn'), name='move_turn_once')],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('member', models.UUIDField(null=True)),
                ('code', models.CharField(max_length=24)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('consent_on', models.DateField()),
                ('consent_how', models.CharField(choices=[('spoken', 'spoken'), ('written', 'written'), ('guardian', 'guardian')], max_length=8)),
                ('consent_by', models.UUIDField()),
                ('consent_language', models.CharField(blank=True, max_length=8)),
                ('consent_witness', models.CharField(blank=True, max_length=60)),
                ('recorded_at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='households.household')),
            ],
            options={
                'base_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='HelpPlan',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('what', models.CharField(max_length=200)),
                ('who', models.CharField(max_length=60)),
                ('due', models.DateField(null=True)),
                ('review_on', models.DateField()),
                ('done_on', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plans', to='households.need')),
            ],
            options={
                'ordering': ['id'],
                'base_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='PhonePaper',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('member', models.UUIDField(null=True)),
                ('code', models.CharField(max_length=24)),
                ('by', models.UUIDField()),
                ('taken_at', models.DateTimeField()),
                ('noted_at', models.DateTimeField(db_index=True)),
                ('arrived_at', models.DateTimeField(null=True)),
                ('refused', models.CharField(blank=True, max_length=40)),
                ('box', models.BinaryField(null=True)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phone_papers', to='households.household')),
            ],
            options={
                'base_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Qualification',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('basis', models.CharField(choices=[('neighbour', 'Neighbour'), ('ecological_warden', 'Ecological Warden'), ('grid_worker', 'Grid Worker')], max_length=20)),
                ('since', models.DateField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'area'), name='qualified_once')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('person', models.UUIDField()),
                ('way', models.CharField(choices=[('page', 'page'), ('history', 'history'), ('found', 'found'), ('where', 'where'), ('table', 'table'), ('list', 'list'), ('slip', 'slip'), ('paper', 'paper'), ('case', 'case')], max_length=8)),
                ('why', models.CharField(blank=True, max_length=200)),
                ('first_at', models.DateTimeField()),
                ('times', models.IntegerField(default=1)),
                ('household', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='households.household')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'constraints': [models.UniqueConstraint(fields=('household', 'on', 'person', 'way', 'why'), name='households_read_once_a_day')],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('see', 'see'), ('correct', 'correct'), ('delete', 'delete'), ('restrict', 'restrict'), ('withdraw', 'withdraw')], max_length=10)),
                ('member', models.UUIDField(null=True)),
                ('target', models.CharField(blank=True, max_length=80)),
                ('wanted', models.CharField(blank=True, max_length=120)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('asked_by', models.UUIDField()),
                ('known_by', models.CharField(max_length=200)),
                ('taken_by', models.UUIDField()),
                ('taken_at', models.DateTimeField()),
                ('near_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('over_at', models.DateTimeField()),
                ('next_at', models.DateTimeField(null=True)),
                ('step', models.SmallIntegerField(default=0)),
                ('state', models.CharField(choices=[('open', 'open'), ('done', 'done'), ('refused', 'refused')], default=mulian.modules.households.domain.requests.State['OPEN'], max_length=8)),
                ('decided_by', models.UUIDField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('done', models.JSONField(default=dict)),
                ('told_by', models.UUIDField(null=True)),
                ('told_at', models.DateTimeField(null=True)),
                ('told_language', models.CharField(blank=True, max_length=8)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='households.household')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['area', 'state'], name='request_area'), models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='request_due')],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Restriction',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='households.household')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='restrictions', to='households.request')),
            ],
            options={
                'base_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ReturnForm',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('receiver', models.CharField(max_length=80)),
                ('file', models.BinaryField()),
                ('marks', models.JSONField(default=list)),
                ('by', models.UUIDField()),
                ('created_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
            ],
        ),
        migrations.CreateModel(
            name='Return',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('figures', models.JSONField(default=list)),
                ('file', models.BinaryField()),
                ('by', models.UUIDField()),
                ('made_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='returns', to='households.returnform')),
            ],
        ),
        migrations.CreateModel(
            name='SafetyCheck',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=24)),
                ('done_on', models.DateField()),
                ('sound', models.BooleanField()),
                ('found', models.CharField(blank=True, max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='households.institution')),
            ],
            options={
                'ordering': ['done_on', 'recorded_at', 'id'],
                'base_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('subject', models.UUIDField(null=True)),
                ('code', models.CharField(max_length=24)),
                ('amount', models.IntegerField(null=True)),
                ('word', models.CharField(blank=True, max_length=60)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('as_of', models.DateField()),
                ('household', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='items', to='households.household')),
                ('telling', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.telling')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['household', 'code'], name='item_of_household'), models.Index(condition=models.Q(('valid_to__isnull', True)), fields=['household', 'code', 'as_of'], name='item_now'), models.Index(condition=models.Q(('valid_to__isnull', True)), fields=['code', 'amount', 'household'], name='item_now_code')],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('by', models.UUIDField()),
                ('purpose', models.CharField(max_length=200)),
                ('until', models.DateTimeField()),
                ('items', models.JSONField(default=list)),
                ('people', models.BooleanField(default=False)),
                ('form', models.CharField(choices=[('xlsx', 'Xlsx'), ('csv', 'Csv')], max_length=4)),
                ('households', models.IntegerField()),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('allowed', 'Allowed'), ('ready', 'Ready'), ('refused', 'Refused'), ('gone', 'Gone')], default='asked', max_length=8)),
                ('decided_by', models.UUIDField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('key', models.BinaryField(default=b'')),
                ('taken', models.IntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'until'], name='export_due')],
            },
        ),
        migrations.CreateModel(
            name='Counted',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('area', mulian.core.database.vendor.CodeField(max_length=30)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('people', models.SmallIntegerField()),
                ('herd', models.IntegerField()),
                ('needs', models.SmallIntegerField()),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='households.household')),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'since'], name='counted_area')],
            },
        ),
    ]
