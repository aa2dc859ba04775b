import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0001_initial'),
        ('pictures', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Cause',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('kind', models.CharField(choices=[('offender', 'offender: motive and circumstances'), ('target', 'target: who or what is exposed'), ('place', 'place or situation'), ('guardian', 'guardian: who can protect the target'), ('handler', 'handler: who can hold the offender back'), ('manager', 'manager: who is responsible for the place')], max_length=20, verbose_name='kind')),
                ('claim', models.CharField(max_length=200, verbose_name='cause')),
                ('evidence', models.TextField(blank=True, max_length=2000, verbose_name='what speaks for it')),
                ('confidence', models.CharField(choices=[('certain', 'certain'), ('fairly', 'fairly certain'), ('uncertain', 'uncertain')], max_length=20, verbose_name='how certain')),
                ('influence', models.CharField(blank=True, max_length=200, verbose_name='who can change it')),
                ('step', models.CharField(blank=True, choices=[('before', 'before it happens'), ('during', 'while it happens'), ('after', 'after it happened')], max_length=20, verbose_name='when in the chain of events')),
                ('moment', models.CharField(blank=True, max_length=120, verbose_name="step of one's own")),
                ('technique', models.CharField(blank=True, choices=[('effort', 'make it harder'), ('risk', 'make discovery more likely'), ('rewards', 'make it pay less'), ('provocations', 'reduce what provokes'), ('excuses', 'take away excuses'), ('social', 'social prevention: change conditions or motives')], max_length=20, verbose_name='class of technique')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='roots', to='pictures.cause', verbose_name='lies behind')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='causes', to='pictures.point')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CauseFigure',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('cause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='pictures.cause')),
                ('figure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='causes', to='pictures.pointfigure')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('cause', 'figure'), name='a_figure_once_per_cause')],
            },
        ),
        migrations.CreateModel(
            name='CauseVoice',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('cause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='pictures.cause')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('voice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='causes', to='pictures.pointvoice')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('cause', 'voice'), name='a_voice_once_per_cause')],
            },
        ),
    ]
