"""Every name of a body becomes a row, every result in words one of the list, or the wording of a resolution."""

from django.db import migrations
from django.utils.text import slugify

RESULTS = {
    "beschlossen": "approved",
    "geändert beschlossen": "amended",
    "abgelehnt": "rejected",
    "zur Kenntnis genommen": "noted",
    "vertagt": "postponed",
}


def fill(apps, schema_editor):
    Consultation = apps.get_model("council", "Consultation")
    Resolution = apps.get_model("council", "Resolution")
    for each in Consultation.objects.filter(body=None):
        each.body = _body(apps, each.body_name)
        each.role = "decision" if each.is_authoritative else ""
        each.result = RESULTS.get(each.result_words, "")
        each.save()
        if each.result_words and not each.result:
            Resolution.objects.create(consultation=each, text=each.result_words)


def _body(apps, name):
    District = apps.get_model("measures", "District")
    found = [d for d in District.objects.all() if name == f"Bezirksvertretung {d.name}"]
    kind = "district_council" if found else "council" if name.startswith("Rat") else "committee"
    values = {"key": slugify(name)[:80], "kind": kind, "district": found[0] if found else None}
    return apps.get_model("council", "Body").objects.get_or_create(name=name, defaults=values)[0]


def empty(apps, schema_editor):
    words = {key: name for name, key in RESULTS.items()}
    for each in apps.get_model("council", "Consultation").objects.select_related("body"):
        each.body_name, each.result_words = each.body.name, words.get(each.result, "")
        each.is_authoritative = each.role == "decision"
        each.save()


class Migration(migrations.Migration):
    dependencies = [("council", "0002_bodies_and_resolutions")]

    operations = [migrations.RunPython(fill, empty)]
