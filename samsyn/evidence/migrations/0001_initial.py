import django.db.models.deletion
import samsyn.core.sealing
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('parties', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dataset',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('title', samsyn.core.sealing.SealedTextField()),
                ('source_code', models.CharField(max_length=30)),
                ('source_name', samsyn.core.sealing.SealedTextField()),
                ('licence', samsyn.core.sealing.SealedTextField()),
                ('collected_by', samsyn.core.sealing.SealedTextField()),
                ('quality', samsyn.core.sealing.SealedTextField()),
                ('notes', samsyn.core.sealing.SealedTextField()),
                ('recipe', samsyn.core.sealing.SealedTextField()),
                ('summary', samsyn.core.sealing.SealedTextField()),
                ('period_start', models.DateField(null=True)),
                ('period_end', models.DateField(null=True)),
                ('area_level', models.CharField(max_length=30)),
                ('unit', models.CharField(max_length=60)),
                ('rows', models.PositiveIntegerField()),
                ('received_on', models.DateField()),
                ('content_hash', models.CharField(max_length=64)),
                ('table_key', models.CharField(max_length=64)),
                ('page_key', models.CharField(max_length=64)),
                ('raw_key', models.CharField(max_length=64)),
                ('raw_until', models.DateField(null=True)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('supersedes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='evidence.dataset')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('party', 'content_hash'), name='one_dataset_per_content')],
            },
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('identity', models.CharField(max_length=64)),
                ('method', models.CharField(max_length=60)),
                ('method_version', models.PositiveSmallIntegerField()),
                ('parameters', samsyn.core.sealing.SealedTextField()),
                ('title', samsyn.core.sealing.SealedTextField()),
                ('computed_at', models.DateTimeField()),
                ('result', samsyn.core.sealing.SealedTextField()),
                ('result_hash', models.CharField(max_length=64)),
                ('drawings', samsyn.core.sealing.SealedTextField()),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('party', 'identity'), name='one_figure_per_identity')],
            },
        ),
        migrations.CreateModel(
            name='FigureInput',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('content_hash', models.CharField(max_length=64)),
                ('dataset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='evidence.dataset')),
                ('figure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inputs', to='evidence.figure')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('figure', 'dataset'), name='a_dataset_once_in_a_figure')],
            },
        ),
        migrations.CreateModel(
            name='FigureOrder',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('identity', models.CharField(max_length=64)),
                ('method', models.CharField(max_length=60)),
                ('method_version', models.PositiveSmallIntegerField()),
                ('parameters', samsyn.core.sealing.SealedTextField()),
                ('ordered_at', models.DateTimeField()),
                ('title', samsyn.core.sealing.SealedTextField()),
                ('refusal', samsyn.core.sealing.SealedTextField()),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('party', 'identity'), name='a_figure_is_ordered_once')],
            },
        ),
        migrations.CreateModel(
            name='OpenSource',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('service', models.CharField(choices=[('kolada', 'Kolada'), ('scb', 'Statistics Sweden, population')], max_length=20)),
                ('every', models.CharField(choices=[('week', 'every week'), ('month', 'every month'), ('never', 'only when I ask')], default='month', max_length=10)),
                ('municipality_code', models.CharField(max_length=4)),
                ('partnership_key', models.UUIDField()),
                ('asked_by', models.UUIDField()),
                ('wanted', samsyn.core.sealing.SealedTextField()),
                ('state', models.CharField(choices=[('new', 'not fetched yet'), ('fetched', 'fetched, with new numbers'), ('unchanged', 'fetched, nothing new'), ('failed', 'could not be fetched')], default='new', max_length=20)),
                ('fault', models.CharField(blank=True, max_length=40)),
                ('tried_at', models.DateTimeField(null=True)),
                ('fetched_at', models.DateTimeField(null=True)),
                ('next_on', models.DateField(null=True)),
                ('changes', samsyn.core.sealing.SealedTextField()),
                ('dataset', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.dataset')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('party', 'service'), name='one_open_source_per_service')],
            },
        ),
        migrations.CreateModel(
            name='OrderInput',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('dataset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.dataset')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='inputs', to='evidence.figureorder')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Population',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('area_code', models.CharField(max_length=20, verbose_name='area code')),
                ('area_name', models.CharField(max_length=120, verbose_name='area')),
                ('day', models.DateField(verbose_name='day')),
                ('number', models.PositiveIntegerField(verbose_name='inhabitants')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'area_code', 'day'), name='one_population_per_area_and_day')],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('revised_on', models.DateField()),
                ('outcome', samsyn.core.sealing.SealedTextField()),
                ('figure', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='revision', to='evidence.figure')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('successor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.figure')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SourceMapping',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('source_name', samsyn.core.sealing.SealedTextField()),
                ('answers', samsyn.core.sealing.SealedTextField()),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('name', samsyn.core.sealing.SealedTextField()),
                ('purpose', models.CharField(choices=[('dataset', 'events or other figures'), ('population', 'population')], default='dataset', max_length=20)),
                ('state', models.CharField(choices=[('waiting', 'is being read'), ('read', 'waits for you to look at it'), ('refused', 'cannot be used')], default='waiting', max_length=20)),
                ('received_at', models.DateTimeField()),
                ('size_bytes', models.PositiveBigIntegerField()),
                ('source_name', samsyn.core.sealing.SealedTextField()),
                ('answers', samsyn.core.sealing.SealedTextField()),
                ('outcome', samsyn.core.sealing.SealedTextField()),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
