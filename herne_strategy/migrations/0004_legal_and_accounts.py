"""Legal pages, reports of barriers and the names of accounts belong to apps of their own.

Tables keep their names. Content types are renamed in place, so that permissions and the administration's log keep
their rows. Before the apps' first migrations: theirs take over what this one lets go of.
"""

from django.db import migrations

MOVED = {
    "legal": ["legalpage", "barrierreport", "barrierreportlock"],
    "accounts": ["directorylink", "secondfactor", "staffsession"],
}


def _rename(apps, schema_editor, *, back):
    types = apps.get_model("contenttypes", "ContentType").objects.using(schema_editor.connection.alias)
    for app, models in MOVED.items():
        old, new = (app, "herne_strategy") if back else ("herne_strategy", app)
        types.filter(app_label=old, model__in=models).update(app_label=new)


def rename(apps, schema_editor):
    _rename(apps, schema_editor, back=False)


def rename_back(apps, schema_editor):
    _rename(apps, schema_editor, back=True)


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("herne_strategy", "0003_account_names"),
    ]
    run_before = [("legal", "0001_initial"), ("accounts", "0001_initial")]

    operations = [
        migrations.RunPython(rename, rename_back),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="BarrierReportLock"),
                migrations.DeleteModel(name="BarrierReport"),
                migrations.DeleteModel(name="LegalPage"),
                migrations.DeleteModel(name="DirectoryLink"),
                migrations.DeleteModel(name="SecondFactor"),
                migrations.DeleteModel(name="StaffSession"),
            ],
        ),
    ]
