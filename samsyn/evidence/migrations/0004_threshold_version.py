from django.db import migrations, models
from django.db.models import F


def every_decision_counted(apps, schema_editor):
    """Until now each decision had patterns of its own, by the version of the policy."""
    apps.get_model("evidence", "DisclosurePolicy").objects.update(threshold_version=F("version"))


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_known_origins")]

    operations = [
        migrations.AddField(
            model_name="disclosurepolicy",
            name="threshold_version",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(every_decision_counted, migrations.RunPython.noop),
    ]
