import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('parties', '0001_initial'),
        ('releases', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('short_title', models.CharField(max_length=150, verbose_name='short title')),
                ('language', models.CharField(default='sv', max_length=2, verbose_name='language')),
                ('purpose', models.TextField(blank=True, verbose_name='purpose')),
                ('valid_from', models.DateField(verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='to')),
                ('prolongation', models.CharField(choices=[('none', 'it ends on its last day'), ('tills_vidare', 'it is prolonged until further notice'), ('months', 'it is prolonged by a number of months')], max_length=20, verbose_name='when no new agreement is signed')),
                ('months', models.PositiveSmallIntegerField(default=0, verbose_name='months')),
                ('notice_months', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='months of notice')),
                ('baseline_claim', models.CharField(blank=True, max_length=500, verbose_name='claim about how it is')),
                ('council_name', models.CharField(blank=True, max_length=150, verbose_name='council')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('predecessor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='agreements.agreement')),
                ('release', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='releases.release')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('kind', models.CharField(choices=[('amendment', 'amendment'), ('prolongation', 'prolongation'), ('termination', 'end of the agreement')], max_length=20)),
                ('text', models.TextField(verbose_name='what is changed, and why')),
                ('from_day', models.DateField(blank=True, null=True, verbose_name='from')),
                ('last_day', models.DateField(blank=True, null=True, verbose_name='new last day')),
                ('proposed_on', models.DateField()),
                ('in_effect_on', models.DateField(null=True)),
                ('declined_on', models.DateField(null=True)),
                ('declined_why', models.CharField(blank=True, max_length=500, verbose_name='why')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='agreements.agreement')),
                ('declined_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('from_day', models.DateField(verbose_name='from')),
                ('text', models.TextField(verbose_name='what was changed')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='new last day')),
                ('recorded_at', models.DateTimeField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='agreements.agreement')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('change', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.change')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HistoryEvent',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('event', models.CharField(max_length=300)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='history', to='agreements.agreement')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('last_day', models.DateField(verbose_name='last day')),
                ('why', models.TextField(verbose_name='why')),
                ('recorded_at', models.DateTimeField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='agreements.agreement')),
                ('change', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.change')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OtherActor',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('name', models.CharField(max_length=200)),
                ('role', models.CharField(blank=True, max_length=60)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='other_actors', to='agreements.agreement')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Priority',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('key', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=200, verbose_name='priority')),
                ('problem', models.TextField(blank=True, verbose_name='problem')),
                ('trend_claim', models.CharField(blank=True, max_length=20)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='priorities', to='agreements.agreement')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agreement', 'key'), name='one_priority_per_key')],
            },
        ),
        migrations.CreateModel(
            name='PriorityItem',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('kind', models.CharField(choices=[('sub_aim', 'sub-aim'), ('risk', 'risk')], max_length=20)),
                ('key', models.CharField(max_length=20)),
                ('text', models.CharField(max_length=500)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('priority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='agreements.priority')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('priority', 'key'), name='one_item_per_key')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('name', models.CharField(blank=True, max_length=150, verbose_name='name')),
                ('title', models.CharField(blank=True, max_length=150, verbose_name='title')),
                ('signed_on', models.DateField(verbose_name='day')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='place')),
                ('document', models.CharField(blank=True, max_length=64)),
                ('recorded_at', models.DateTimeField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='agreements.agreement')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agreement', 'party'), name='one_signature_per_party')],
            },
        ),
        migrations.CreateModel(
            name='VisionGoal',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('key', models.CharField(max_length=20)),
                ('text', models.CharField(max_length=500, verbose_name='goal')),
                ('direction', models.CharField(blank=True, choices=[('up', 'more'), ('down', 'less')], max_length=10)),
                ('domain', models.CharField(blank=True, max_length=40)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='agreements.agreement')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agreement', 'key'), name='one_goal_per_key')],
            },
        ),
        migrations.CreateModel(
            name='PriorityGoal',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('confirmed', 'confirmed'), ('rejected', 'rejected')], default='proposed', max_length=20)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('priority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='agreements.priority')),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='priorities', to='agreements.visiongoal')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('priority', 'goal'), name='a_goal_once_per_priority')],
            },
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('approved_on', models.DateField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='agreements.agreement')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agreement', 'party'), name='one_approval_per_party_and_agreement')],
            },
        ),
        migrations.CreateModel(
            name='ChangeApproval',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('approved_on', models.DateField()),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='agreements.change')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('change', 'party'), name='one_approval_per_party_and_change')],
            },
        ),
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('address', models.CharField(max_length=60, verbose_name='address')),
                ('kind', models.CharField(max_length=40)),
                ('heading', models.CharField(blank=True, max_length=200, verbose_name='heading')),
                ('text', models.TextField(verbose_name='text')),
                ('item', models.CharField(blank=True, max_length=20)),
                ('position', models.PositiveSmallIntegerField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clauses', to='agreements.agreement')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agreement', 'address'), name='one_clause_per_address')],
            },
        ),
    ]
