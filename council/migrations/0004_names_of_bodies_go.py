import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("council", "0003_fill_bodies")]

    operations = [
        migrations.AlterField(
            "consultation",
            "body",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="consultations", to="council.body", verbose_name="body"),
        ),
        migrations.RemoveField(
            model_name='consultation',
            name='body_name',
        ),
        migrations.RemoveField(
            model_name='consultation',
            name='is_authoritative',
        ),
        migrations.RemoveField(
            model_name='consultation',
            name='result_words',
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.UniqueConstraint(fields=('paper', 'body', 'held_on'), name='council_consultation_once_a_day', violation_error_message="This body's consultation of this day is already recorded."),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(('result', ''), ('held_on__isnull', False), _connector='OR'), name='council_consultation_result_has_date', violation_error_message='A result needs the day of the consultation.'),
        ),
    ]
