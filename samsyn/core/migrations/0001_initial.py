import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Head',
            fields=[
                ('chain', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('system', 'System'), ('party', 'Party'), ('partnership', 'Partnership')], max_length=20)),
                ('sequence', models.PositiveBigIntegerField(default=0)),
                ('hash', models.CharField(default='', max_length=64)),
                ('recorded_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Start',
            fields=[
                ('key', models.CharField(max_length=200, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('tries', models.PositiveIntegerField()),
                ('ends_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, primary_key=True, serialize=False)),
                ('chain', models.UUIDField()),
                ('sequence', models.PositiveBigIntegerField()),
                ('act', models.UUIDField()),
                ('actor_kind', models.CharField(max_length=20)),
                ('user_id', models.UUIDField(null=True)),
                ('party_id', models.UUIDField(null=True)),
                ('command', models.CharField(max_length=80)),
                ('object_kind', models.CharField(blank=True, max_length=80)),
                ('object_id', models.UUIDField(null=True)),
                ('changes', models.JSONField()),
                ('facts', models.JSONField()),
                ('day', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('retracts', models.UUIDField(null=True)),
                ('hash', models.CharField(max_length=64)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('chain', 'sequence'), name='one_entry_per_link')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, primary_key=True, serialize=False)),
                ('user_id', models.UUIDField()),
                ('key', models.UUIDField()),
                ('digest', models.CharField(max_length=64)),
                ('made_kind', models.CharField(blank=True, max_length=80)),
                ('made_id', models.UUIDField(null=True)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user_id', 'key'), name='a_form_once_per_person')],
            },
        ),
    ]
