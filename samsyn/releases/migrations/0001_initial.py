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
            name='Release',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('kind', models.CharField(max_length=40)),
                ('object_id', models.UUIDField(null=True)),
                ('audience', models.CharField(choices=[('party', 'the other party'), ('partnership', 'the partnership'), ('public', 'the public')], max_length=20)),
                ('content', models.TextField()),
                ('hash', models.CharField(max_length=64)),
                ('released_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('receiver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('audience', 'party'), ('receiver__isnull', False)), models.Q(models.Q(('audience', 'party'), _negated=True), ('receiver', None)), _connector='OR'), name='a_receiver_when_handed_to_one_party')],
            },
        ),
        migrations.CreateModel(
            name='Printout',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('language', models.CharField(choices=[('sv', 'Swedish'), ('en', 'English')], max_length=5)),
                ('key', models.CharField(max_length=64)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='printouts', to='releases.release')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('release', 'language'), name='a_printout_once_per_language')],
            },
        ),
    ]
