import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0001_initial'),
        ('pictures', '0002_causes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Ranking',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('harm', models.PositiveSmallIntegerField(default=1)),
                ('extent', models.PositiveSmallIntegerField(default=1)),
                ('trend', models.PositiveSmallIntegerField(default=1)),
                ('worry', models.PositiveSmallIntegerField(default=1)),
                ('ability', models.PositiveSmallIntegerField(default=1)),
                ('weighed_on', models.DateField(null=True)),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='why this order')),
                ('chosen_on', models.DateField(null=True)),
                ('times_chosen', models.PositiveSmallIntegerField(default=0)),
                ('chosen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('chosen_party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('picture', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ranking', to='pictures.picture')),
                ('weighed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='RankedPoint',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('point', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ranked', to='pictures.point')),
                ('ranking', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='order', to='pictures.ranking')),
            ],
        ),
        migrations.CreateModel(
            name='PointScore',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('criterion', models.CharField(choices=[('harm', 'harm'), ('extent', 'extent'), ('trend', 'trend'), ('worry', 'worry'), ('ability', 'ability to act')], max_length=20)),
                ('level', models.CharField(blank=True, choices=[('low', 'low'), ('medium', 'medium'), ('high', 'high'), ('unknown', 'cannot say')], max_length=20)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('set_on', models.DateField()),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='pictures.point')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('point', 'criterion'), name='a_criterion_once_per_finding')],
            },
        ),
        migrations.AddConstraint(
            model_name='ranking',
            constraint=models.CheckConstraint(condition=models.Q(('chosen_on', None), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_chosen_order_has_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='rankedpoint',
            constraint=models.UniqueConstraint(fields=('ranking', 'position'), name='one_finding_per_position'),
        ),
    ]
