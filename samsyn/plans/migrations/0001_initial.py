import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agreements', '0001_initial'),
        ('parties', '0001_initial'),
        ('pictures', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('title', models.CharField(max_length=150, verbose_name='measure')),
                ('text', models.TextField(max_length=4000, verbose_name='what is done')),
                ('kind', models.CharField(choices=[('situational', 'situational: it changes a place or an opportunity'), ('social', 'social: it changes conditions or motives')], max_length=20, verbose_name='kind')),
                ('owner_title', models.CharField(max_length=120, verbose_name='function that answers for it')),
                ('starts', models.DateField(verbose_name='from')),
                ('ends', models.DateField(verbose_name='to')),
                ('follow_up', models.DateField(verbose_name='followed up by')),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('decided', 'Decided'), ('ongoing', 'Under way'), ('paused', 'Paused'), ('done', 'Done'), ('cancelled', 'Cancelled')], default='proposed', max_length=20)),
                ('cause', models.TextField(blank=True, max_length=1000, verbose_name='cause that it changes')),
                ('goal', models.TextField(blank=True, max_length=1000, verbose_name='operative goals')),
                ('horizon', models.CharField(blank=True, choices=[('short', 'short term: shows within a year'), ('long', 'long term: shows after more than a year')], max_length=20, verbose_name='horizon')),
                ('rhythm', models.CharField(blank=True, choices=[('once', 'done once'), ('routine', 'becomes a routine')], max_length=20, verbose_name='once or routine')),
                ('method', models.CharField(blank=True, max_length=200, verbose_name='method')),
                ('evidence', models.CharField(blank=True, choices=[('strong', 'several good studies show that it works'), ('some', 'some studies point to that it works'), ('local', 'tried and followed up here or elsewhere, not studied'), ('untried', 'not tried or studied as far as we know'), ('doubtful', 'studies show no effect, or harm')], max_length=20, verbose_name='what is known of the method')),
                ('elected_contact', models.CharField(blank=True, max_length=120, verbose_name='elected contact')),
                ('cost_sek', models.PositiveIntegerField(null=True, verbose_name='cost in kronor')),
                ('funding', models.CharField(blank=True, max_length=200, verbose_name='who pays')),
                ('legal_note', models.TextField(blank=True, max_length=1000, verbose_name='legal basis and limits')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation', verbose_name='who does it')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StatusReport',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('decided', 'Decided'), ('ongoing', 'Under way'), ('paused', 'Paused'), ('done', 'Done'), ('cancelled', 'Cancelled')], max_length=20)),
                ('text', models.TextField(max_length=2000)),
                ('reported_on', models.DateField()),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='plans.measure')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MeasureActivity',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('title', models.CharField(max_length=150, verbose_name='activity')),
                ('times', models.PositiveSmallIntegerField(verbose_name='how many times')),
                ('starts', models.DateField(verbose_name='from')),
                ('ends', models.DateField(verbose_name='to')),
                ('done', models.PositiveSmallIntegerField(null=True, verbose_name='times done')),
                ('counted_on', models.DateField(null=True)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='plans.measure')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('times__gte', 1)), name='an_activity_is_done_at_least_once'), models.CheckConstraint(condition=models.Q(models.Q(('counted_on', None), ('done', None)), models.Q(('counted_on__isnull', False), ('done__isnull', False)), _connector='OR'), name='a_count_has_its_day')],
            },
        ),
        migrations.CreateModel(
            name='MeasureBlock',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='blocks', to='plans.measure')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('waits_for', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds_up', to='plans.measure')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('measure', 'waits_for'), name='a_block_once_per_measure'), models.CheckConstraint(condition=models.Q(('measure', models.F('waits_for')), _negated=True), name='no_measure_waits_for_itself')],
            },
        ),
        migrations.CreateModel(
            name='MeasurePartner',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partners', to='plans.measure')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('measure', 'organisation'), name='a_partner_once_per_measure')],
            },
        ),
        migrations.CreateModel(
            name='MeasurePoint',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='plans.measure')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='pictures.point')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('measure', 'point'), name='a_finding_once_per_measure')],
            },
        ),
        migrations.CreateModel(
            name='MeasurePriority',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='priorities', to='plans.measure')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('priority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='agreements.priority')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('measure', 'priority'), name='a_priority_once_per_measure')],
            },
        ),
    ]
