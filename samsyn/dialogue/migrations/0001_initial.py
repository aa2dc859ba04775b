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
            name='Dialogue',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('question', models.CharField(max_length=200, verbose_name='question')),
                ('introduction', models.TextField(blank=True, max_length=2000, verbose_name='introduction')),
                ('about', models.CharField(choices=[('picture', 'how it is here (the situational picture)'), ('measures', 'what should be done (measures and promises)')], max_length=20, verbose_name='about')),
                ('opens', models.DateField(verbose_name='opens')),
                ('closes', models.DateField(verbose_name='closes')),
                ('not_heard', models.TextField(blank=True, max_length=1000, verbose_name='who was not heard')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.area', verbose_name='area')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('release', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='releases.release')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('title', models.CharField(max_length=150, verbose_name='theme')),
                ('summary', models.TextField(blank=True, max_length=2000, verbose_name='summary')),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='themes', to='dialogue.dialogue')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Voice',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('text', models.TextField(max_length=2000)),
                ('received_on', models.DateField()),
                ('state', models.CharField(choices=[('received', 'waits to be read'), ('accepted', 'read and counted'), ('refused', 'not used'), ('withdrawn', 'withdrawn by its writer')], default='received', max_length=20)),
                ('reason', models.CharField(blank=True, choices=[('person', 'it points out a person'), ('case', 'it is about a single case, which belongs with the police or social services'), ('threat', 'it holds threats or hatred'), ('other_question', 'it answers another question')], max_length=20)),
                ('receipt', models.CharField(max_length=64)),
                ('submission', models.UUIDField()),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='dialogue.dialogue')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('dialogue', 'submission'), name='one_voice_per_submission'), models.UniqueConstraint(fields=('receipt',), name='one_voice_per_receipt')],
            },
        ),
        migrations.CreateModel(
            name='VoiceTheme',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('is_quoted', models.BooleanField(default=False)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='dialogue.theme')),
                ('voice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='themes', to='dialogue.voice')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('voice', 'theme'), name='a_voice_once_in_a_theme')],
            },
        ),
    ]
