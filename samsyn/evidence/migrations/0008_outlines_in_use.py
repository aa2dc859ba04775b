from typing import Any

from django.db import migrations, models


def newest_is_used(apps: Any, schema_editor: Any) -> None:
    """The newest of each partnership was what maps were drawn from."""
    outlines = apps.get_model("evidence", "Outlines")
    newest = {partnership: pk for pk, partnership in outlines.objects.order_by("id").values_list("pk", "partnership")}
    outlines.objects.exclude(pk__in=newest.values()).update(is_used=False)


class Migration(migrations.Migration):
    dependencies = [("evidence", "0007_outlines")]

    operations = [
        migrations.AddField("outlines", "is_used", models.BooleanField(default=True)),
        migrations.AddField("outlines", "is_open", models.BooleanField(default=False)),
        migrations.RunPython(newest_is_used, migrations.RunPython.noop),
        migrations.AddConstraint(
            "outlines",
            models.UniqueConstraint(
                fields=["partnership"], condition=models.Q(is_used=True), name="one_used_file_of_outlines"
            ),
        ),
    ]
