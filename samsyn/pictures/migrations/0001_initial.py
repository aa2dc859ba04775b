import django.db.models.deletion
import samsyn.core.sealing
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agreements', '0001_initial'),
        ('council', '0001_initial'),
        ('dialogue', '0001_initial'),
        ('evidence', '0001_initial'),
        ('parties', '0001_initial'),
        ('releases', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('period', models.CharField(max_length=20, verbose_name='period')),
                ('scope', models.CharField(max_length=200, verbose_name='covers')),
                ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='council.decision')),
                ('endorsement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='council.decision')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('release', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='releases.release')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'number'), name='one_picture_per_number')],
            },
        ),
        migrations.CreateModel(
            name='Point',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('title', models.CharField(max_length=200, verbose_name='finding')),
                ('text', models.TextField(max_length=6000, verbose_name='joint text')),
                ('extent', models.CharField(blank=True, max_length=500, verbose_name='extent')),
                ('consequence', models.CharField(blank=True, max_length=500, verbose_name='consequence')),
                ('certainty', models.CharField(choices=[('certain', 'certain'), ('fairly', 'fairly certain'), ('uncertain', 'uncertain')], max_length=20, verbose_name='how certain')),
                ('continues', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='continued_by', to='pictures.point')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('picture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='pictures.picture')),
                ('priority', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='points', to='agreements.priority', verbose_name='priority')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PointSource',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('index', models.PositiveSmallIntegerField()),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='pictures.point')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='releases.release')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('point', 'release', 'index'), name='a_source_once_per_point')],
            },
        ),
        migrations.CreateModel(
            name='PointFigure',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('index', models.PositiveSmallIntegerField()),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='pictures.pointsource')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'index'), name='a_figure_once_per_source')],
            },
        ),
        migrations.CreateModel(
            name='PointVoice',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='pictures.point')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='dialogue.theme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('point', 'theme'), name='a_theme_once_per_point')],
            },
        ),
        migrations.CreateModel(
            name='PrivateDraft',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('period', models.CharField(max_length=20)),
                ('title', samsyn.core.sealing.SealedTextField()),
                ('approved_on', models.DateField(null=True)),
                ('carried_from', models.CharField(blank=True, max_length=20)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('party', 'period'), name='one_draft_per_party_and_period')],
            },
        ),
        migrations.CreateModel(
            name='DraftFinding',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('title', samsyn.core.sealing.SealedTextField()),
                ('text', samsyn.core.sealing.SealedTextField()),
                ('extent', samsyn.core.sealing.SealedTextField()),
                ('consequence', samsyn.core.sealing.SealedTextField()),
                ('certainty', models.CharField(max_length=20)),
                ('priority_key', models.CharField(blank=True, max_length=20)),
                ('secrecy', models.CharField(blank=True, max_length=20)),
                ('continues', models.UUIDField(null=True)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='pictures.privatedraft')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Stance',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('position', models.CharField(choices=[('agrees', 'approves the text'), ('differs', 'sees it differently')], max_length=20)),
                ('note', models.CharField(blank=True, max_length=1000, verbose_name='how you see it')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stances', to='pictures.point')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('point', 'party'), name='one_stance_per_party')],
            },
        ),
        migrations.CreateModel(
            name='DraftCitation',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('note', samsyn.core.sealing.SealedTextField()),
                ('figure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.figure')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='pictures.draftfinding')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('party', 'finding', 'figure'), name='a_figure_once_per_finding')],
            },
        ),
    ]
