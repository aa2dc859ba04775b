import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                ('name', models.CharField(blank=True, max_length=150, verbose_name='name')),
                ('language', models.CharField(choices=[('sv', 'Svenska'), ('en', 'English')], default='sv', max_length=2)),
                ('is_active', models.BooleanField(default=True)),
                ('role_changes', models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('kind', models.CharField(choices=[('municipality', 'municipality'), ('local_police_area', 'local police area'), ('region', 'region'), ('business', 'business'), ('civil_society', 'civil society'), ('housing', 'housing company'), ('other', 'other')], max_length=20, verbose_name='kind')),
                ('code', models.CharField(blank=True, max_length=20, verbose_name='code')),
                ('visiting_address', models.CharField(blank=True, max_length=200)),
                ('postal_address', models.CharField(blank=True, max_length=200)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('web', models.CharField(blank=True, max_length=200)),
                ('recovery_file_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Partnership',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='address')),
                ('municipality_code', models.CharField(max_length=4)),
                ('county_code', models.CharField(max_length=2)),
                ('is_exercise', models.BooleanField(default=False)),
                ('deciding_body', models.CharField(default='Kommunstyrelsen', max_length=120, verbose_name='deciding body')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('title', models.CharField(choices=[('coordinator', 'crime prevention coordinator'), ('kommunpolis', 'municipal police officer (kommunpolis)'), ('analyst', 'analyst'), ('chair', 'chair of the council'), ('area_chief', 'local police area chief'), ('board_secretary', 'board secretary'), ('measure_owner', 'measure owner'), ('field_staff', 'field staff'), ('partner', 'partner'), ('council_member', 'council member'), ('auditor', 'auditor'), ('registrar', 'registrar'), ('administrator', 'administrator')], max_length=20, verbose_name='title')),
                ('language', models.CharField(default='sv', max_length=2)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='parties.organisation')),
                ('partnership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('title', models.CharField(choices=[('coordinator', 'crime prevention coordinator'), ('kommunpolis', 'municipal police officer (kommunpolis)'), ('analyst', 'analyst'), ('chair', 'chair of the council'), ('area_chief', 'local police area chief'), ('board_secretary', 'board secretary'), ('measure_owner', 'measure owner'), ('field_staff', 'field staff'), ('partner', 'partner'), ('council_member', 'council member'), ('auditor', 'auditor'), ('registrar', 'registrar'), ('administrator', 'administrator')], max_length=20, verbose_name='title')),
                ('first_day', models.DateField(verbose_name='from')),
                ('last_day', models.DateField(blank=True, null=True, verbose_name='to')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='parties.organisation')),
                ('partnership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('is_party', models.BooleanField(default=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='parties.organisation')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'organisation'), name='once_in_a_partnership')],
            },
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('code', models.CharField(max_length=20, verbose_name='code')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('kind', models.CharField(choices=[('municipality', 'municipality'), ('district', 'district'), ('place', 'place')], max_length=20, verbose_name='kind')),
                ('slug', models.SlugField(max_length=60)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'code'), name='one_area_per_code'), models.UniqueConstraint(fields=('partnership', 'slug'), name='one_area_per_address')],
            },
        ),
    ]
