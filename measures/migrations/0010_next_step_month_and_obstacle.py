import measures.progress
import strategy.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    """What comes next has a month, and a report says what hinders and what has to be decided."""

    dependencies = [("measures", "0009_departments_in_german_order")]

    operations = [
        migrations.AddField(
            model_name='progress',
            name='decision_needed',
            field=strategy.validators.LineField(blank=True, help_text='What has to be decided, and by whom. For the coordination and the progress report.', max_length=300, verbose_name='decision needed'),
        ),
        migrations.AddField(
            model_name='progress',
            name='next_step_month',
            field=models.DateField(blank=True, null=True, validators=[measures.progress.validate_first_of_month], verbose_name='month of the next step'),
        ),
        migrations.AddField(
            model_name='progress',
            name='obstacle',
            field=strategy.validators.LongTextField(blank=True, help_text='What stands in the way. For the coordination and the progress report, not on the page.', max_length=2000, verbose_name='obstacle'),
        ),
        migrations.AddField(
            model_name='report',
            name='decision_needed',
            field=strategy.validators.LineField(blank=True, help_text='What has to be decided, and by whom. For the coordination and the progress report.', max_length=300, verbose_name='decision needed'),
        ),
        migrations.AddField(
            model_name='report',
            name='next_step_month',
            field=models.DateField(blank=True, null=True, validators=[measures.progress.validate_first_of_month], verbose_name='month of the next step'),
        ),
        migrations.AddField(
            model_name='report',
            name='obstacle',
            field=strategy.validators.LongTextField(blank=True, help_text='What stands in the way. For the coordination and the progress report, not on the page.', max_length=2000, verbose_name='obstacle'),
        ),
        migrations.AlterField(
            model_name='progress',
            name='next_step',
            field=strategy.validators.LineField(blank=True, help_text='What happens next, in a line. Also for citizens.', max_length=300, verbose_name='next step'),
        ),
        migrations.AlterField(
            model_name='report',
            name='next_step',
            field=strategy.validators.LineField(blank=True, help_text='What happens next, in a line. Also for citizens.', max_length=300, verbose_name='next step'),
        ),
        migrations.AddConstraint(
            model_name='progress',
            constraint=models.CheckConstraint(condition=models.Q(('next_step_month__isnull', True), models.Q(('next_step', ''), _negated=True), _connector='OR'), name='measures_progress_month_has_step', violation_error_message='Please say what the next step in that month is.'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('next_step_month__isnull', True), models.Q(('next_step', ''), _negated=True), _connector='OR'), name='measures_report_month_has_step', violation_error_message='Please say what the next step in that month is.'),
        ),
    ]
