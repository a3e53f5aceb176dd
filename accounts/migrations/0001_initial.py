"""The names that the administration uses for what allauth keeps. No table of their own."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("mfa", "0003_authenticator_type_uniq"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
        ("usersessions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DirectoryLink",
            fields=[],
            options={
                "verbose_name": "link to the directory",
                "verbose_name_plural": "links to the directory",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("socialaccount.socialaccount",),
        ),
        migrations.CreateModel(
            name="SecondFactor",
            fields=[],
            options={
                "verbose_name": "second factor",
                "verbose_name_plural": "second factors",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("mfa.authenticator",),
        ),
        migrations.CreateModel(
            name="StaffSession",
            fields=[],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("usersessions.usersession",),
        ),
    ]
