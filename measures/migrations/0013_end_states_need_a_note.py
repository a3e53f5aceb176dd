from django.db import migrations, models


class Migration(migrations.Migration):
    """Completed, postponed and discontinued need a sentence. All that was said before is marked, and stays as it is."""

    dependencies = [
        ('measures', '0012_execution_of_measures'),
    ]

    operations = [
        migrations.AddField(
            model_name='progress',
            name='may_lack_note',
            field=models.BooleanField(default=True, editable=False),
        ),
        migrations.AddField(
            model_name='report',
            name='may_lack_note',
            field=models.BooleanField(default=True, editable=False),
        ),
        migrations.AlterField(
            model_name='progress',
            name='may_lack_note',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AlterField(
            model_name='report',
            name='may_lack_note',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddConstraint(
            model_name='progress',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['done', 'postponed', 'stopped']), _negated=True), models.Q(('note', ''), _negated=True), ('may_lack_note', True), _connector='OR'), name='measures_progress_end_has_note', violation_error_message='Completed, postponed or discontinued: please say in one or two sentences what was reached, or why it does not go on.'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['done', 'postponed', 'stopped']), _negated=True), models.Q(('note', ''), _negated=True), ('may_lack_note', True), _connector='OR'), name='measures_report_end_has_note', violation_error_message='Completed, postponed or discontinued: please say in one or two sentences what was reached, or why it does not go on.'),
        ),
    ]
