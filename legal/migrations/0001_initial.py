"""The tables are there already, under the names that they have always had."""

import django.db.models.deletion
import strategy.validators
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="BarrierReportLock",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lock of reported barriers",
                        "db_table": "herne_strategy_barrierreportlock",
                    },
                ),
                migrations.CreateModel(
                    name="LegalPage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "slug",
                            models.CharField(
                                choices=[
                                    ("impressum", "imprint"),
                                    ("datenschutz", "privacy"),
                                    ("barrierefreiheit", "accessibility statement"),
                                    ("leichte-sprache", "easy language"),
                                    ("gebaerdensprache", "sign language"),
                                ],
                                max_length=20,
                                unique=True,
                                verbose_name="page",
                            ),
                        ),
                        ("title", strategy.validators.LineField(max_length=120, verbose_name="title")),
                        (
                            "text",
                            strategy.validators.LongTextField(
                                help_text="Headings begin with ## or ###, links look like [words](address).",
                                max_length=20000,
                                verbose_name="text",
                            ),
                        ),
                        (
                            "is_placeholder",
                            models.BooleanField(
                                default=False,
                                help_text="While this is set, the page says that the city still has to write it.",
                                verbose_name="not yet filled in",
                            ),
                        ),
                        (
                            "changed_on",
                            models.DateField(
                                blank=True, editable=False, null=True, verbose_name="changed on"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "legal text",
                        "verbose_name_plural": "legal texts",
                        "db_table": "herne_strategy_legalpage",
                        "ordering": ["slug"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "slug__in",
                                        [
                                            "impressum",
                                            "datenschutz",
                                            "barrierefreiheit",
                                            "leichte-sprache",
                                            "gebaerdensprache",
                                        ],
                                    )
                                ),
                                name="herne_strategy_legalpage_slug_is_known",
                                violation_error_message="The portal has no such page.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BarrierReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(max_length=5000, verbose_name="what is the barrier?")),
                        ("page", models.CharField(blank=True, max_length=500, verbose_name="where?")),
                        ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("created_at", models.DateTimeField(db_index=True, verbose_name="reported at")),
                        (
                            "client_key",
                            models.CharField(blank=True, db_index=True, editable=False, max_length=64),
                        ),
                        (
                            "mailed_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="mailed at"
                            ),
                        ),
                        ("is_done", models.BooleanField(default=False, verbose_name="dealt with")),
                        (
                            "done_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="dealt with at"
                            ),
                        ),
                        (
                            "done_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dealt with by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reported barrier",
                        "verbose_name_plural": "reported barriers",
                        "db_table": "herne_strategy_barrierreport",
                        "ordering": ["-created_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_at__isnull", False), ("is_done", True)),
                                    models.Q(("done_at__isnull", True), ("is_done", False)),
                                    _connector="OR",
                                ),
                                name="herne_strategy_barrierreport_done_has_time",
                                violation_error_message="A report that was dealt with has a time, an open one has none.",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
