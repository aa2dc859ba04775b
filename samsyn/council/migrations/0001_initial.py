import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('parties', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('kind', models.CharField(choices=[('council', 'the strategic council'), ('ks', 'the executive board (kommunstyrelsen)'), ('kf', 'the municipal council (kommunfullmäktige)'), ('board', 'another board'), ('police', 'the police')], max_length=20, verbose_name='kind')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'name'), name='one_body_per_name')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('day', models.DateField(verbose_name='day')),
                ('place', models.CharField(blank=True, max_length=150, verbose_name='place')),
                ('present', models.TextField(blank=True, max_length=2000, verbose_name='present, by function')),
                ('notes', models.TextField(blank=True, max_length=20000, verbose_name='notes')),
                ('is_held', models.BooleanField(default=False)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='council.body', verbose_name='body')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('kind', models.CharField(choices=[('endorse', 'stands behind'), ('decide', 'decides'), ('note', 'takes note')], max_length=20, verbose_name='kind')),
                ('day', models.DateField(verbose_name='day')),
                ('section', models.CharField(blank=True, max_length=20, verbose_name='section')),
                ('registration_number', models.CharField(blank=True, max_length=40, verbose_name='registration number')),
                ('text', models.TextField(max_length=4000, verbose_name='decision')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='council.body', verbose_name='body')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='council.meeting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('title', models.CharField(max_length=200, verbose_name='item')),
                ('position', models.PositiveSmallIntegerField()),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agenda', to='council.meeting')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
