
import django.db.models.deletion
import samsyn.core.sealing
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0001_initial'),
        ('parties', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='dataset',
            name='origin',
            field=models.CharField(choices=[('published', 'published already, by whoever made the statistics'), ('own', 'our own, not published before')], default='own', max_length=10),
        ),
        migrations.CreateModel(
            name='DisclosurePattern',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('partnership_key', models.UUIDField()),
                ('policy_version', models.PositiveIntegerField()),
                ('threshold', models.PositiveSmallIntegerField()),
                ('content', samsyn.core.sealing.SealedTextField()),
                ('hash', models.CharField(max_length=64)),
                ('dataset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='patterns', to='evidence.dataset')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('dataset', 'partnership_key', 'policy_version'), name='one_pattern_per_policy')],
            },
        ),
        migrations.CreateModel(
            name='DisclosurePolicy',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('threshold', models.PositiveSmallIntegerField(default=5, verbose_name='threshold')),
                ('reason', models.TextField(max_length=1000, verbose_name='reason')),
                ('decided_on', models.DateField()),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership',), name='one_disclosure_policy'), models.CheckConstraint(condition=models.Q(('threshold__gte', 3), ('threshold__lte', 50)), name='a_threshold_from_3_to_50')],
            },
        ),
    ]
