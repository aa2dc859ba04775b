import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0001_initial'),
        ('pictures', '0002_causes'),
        ('plans', '0003_indicators'),
    ]

    operations = [
        migrations.CreateModel(
            name='MeasureCause',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('cause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='pictures.cause')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='causes', to='plans.measure')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('measure', 'cause'), name='a_cause_once_per_measure')],
            },
        ),
    ]
