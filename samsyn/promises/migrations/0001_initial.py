import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('council', '0001_initial'),
        ('dialogue', '0001_initial'),
        ('parties', '0001_initial'),
        ('plans', '0001_initial'),
        ('releases', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='NoPromise',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('why', models.CharField(max_length=500, verbose_name='why')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='council.decision')),
                ('measure', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='no_promise', to='plans.measure')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('text', models.CharField(max_length=300, verbose_name='promise')),
                ('how_often', models.CharField(max_length=300, verbose_name='what, how often and where')),
                ('how_seen', models.CharField(max_length=300, verbose_name='how it is seen that it is kept')),
                ('starts', models.DateField(verbose_name='from')),
                ('ends', models.DateField(verbose_name='to')),
                ('contact', models.CharField(max_length=200, verbose_name='contact')),
                ('outcome', models.CharField(choices=[('running', 'Under way'), ('kept', 'Kept'), ('partly', 'Partly kept'), ('not_kept', 'Not kept'), ('withdrawn', 'Withdrawn')], default='running', max_length=20)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.area', verbose_name='area')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('release', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='releases.release')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('outcome', models.CharField(choices=[('running', 'Under way'), ('kept', 'Kept'), ('partly', 'Partly kept'), ('not_kept', 'Not kept'), ('withdrawn', 'Withdrawn')], max_length=20)),
                ('done', models.TextField(max_length=2000, verbose_name='what has been done')),
                ('why', models.TextField(blank=True, max_length=2000, verbose_name='why')),
                ('next_step', models.TextField(blank=True, max_length=1000, verbose_name='what happens now')),
                ('reported_on', models.DateField()),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('promise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='promises.promise')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('approved_on', models.DateField()),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('promise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='promises.promise')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('promise', 'party'), name='one_approval_per_party')],
            },
        ),
        migrations.CreateModel(
            name='PromiseMeasure',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='plans.measure')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('promise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='promises.promise')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('promise', 'measure'), name='a_measure_once_per_promise')],
            },
        ),
        migrations.CreateModel(
            name='PromiseTheme',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('promise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='themes', to='promises.promise')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='dialogue.theme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('promise', 'theme'), name='a_theme_once_per_promise')],
            },
        ),
    ]
