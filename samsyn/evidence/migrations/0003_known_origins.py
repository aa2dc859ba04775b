from django.db import migrations


def say_what_is_known(apps, schema_editor):
    """Files of Brå's and what open services gave are published already. All else counts as the party's own."""
    Dataset = apps.get_model("evidence", "Dataset")
    fetched = apps.get_model("evidence", "OpenSource").objects.exclude(dataset=None).values("dataset")
    Dataset.objects.filter(source_code__in=["bra", "kolada"]).update(origin="published")
    Dataset.objects.filter(pk__in=fetched).update(origin="published")


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_disclosure")]

    operations = [migrations.RunPython(say_what_is_known, migrations.RunPython.noop)]
