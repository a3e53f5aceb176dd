import django.db.models.deletion
import django.utils.timezone
import measures.progress
import strategy.validators
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Departments are asked in rounds; a report knows its round, and what it corrects."""

    dependencies = [
        ("measures", "0010_next_step_month_and_obstacle"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportingRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', strategy.validators.LineField(help_text='For example: Half-year 1/2027', max_length=200, verbose_name='title')),
                ('slug', strategy.validators.AddressField(max_length=60, unique=True, verbose_name='address')),
                ('key_on', models.DateField(help_text='The day that the reports speak of.', verbose_name='key date')),
                ('due_on', models.DateField(help_text='Until when the departments report.', verbose_name='due on')),
                ('is_published_at_once', models.BooleanField(default=False, help_text='Otherwise you check the reports and publish them together.', verbose_name='public as soon as it is handed in')),
                ('note', strategy.validators.LongTextField(blank=True, help_text='Stands above each department’s page and in the first mail.', max_length=2000, verbose_name='note to the departments')),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='opened at')),
                ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='closed at')),
                ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='sample data')),
                ('closed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='closed by')),
                ('opened_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='opened by')),
            ],
            options={
                'verbose_name': 'reporting round',
                'verbose_name_plural': 'reporting rounds',
                'ordering': ['-opened_at', '-pk'],
                'default_permissions': ('view', 'add', 'change'),
            },
        ),
        migrations.CreateModel(
            name='RoundMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(db_index=True, verbose_name='measure')),
                ('department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.department', verbose_name='lead')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='measures.reportinground', verbose_name='reporting round')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'uid'), name='measures_roundmeasure_once_in_a_round', violation_error_message='A round asks once for each measure.')],
                'verbose_name': 'measure of a reporting round',
                'verbose_name_plural': 'measures of reporting rounds',
                'ordering': ['pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ReportDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(blank=True, choices=[('not_started', 'not yet started'), ('preparing', 'in preparation'), ('running', 'being carried out'), ('done', 'completed'), ('permanent', 'permanent'), ('postponed', 'postponed'), ('stopped', 'discontinued')], max_length=20, verbose_name='state')),
                ('reported_on', models.DateField(blank=True, null=True, validators=[measures.progress.validate_not_in_future], verbose_name='as of')),
                ('note', strategy.validators.LongTextField(blank=True, help_text='One or two sentences for citizens. No persons.', max_length=20000, verbose_name='note')),
                ('next_step', strategy.validators.LineField(blank=True, help_text='What happens next, in a line. Also for citizens.', max_length=300, verbose_name='next step')),
                ('next_step_month', models.DateField(blank=True, null=True, validators=[measures.progress.validate_first_of_month], verbose_name='month of the next step')),
                ('obstacle', strategy.validators.LongTextField(blank=True, help_text='What stands in the way. For the coordination and the progress report, not on the page.', max_length=2000, verbose_name='obstacle')),
                ('decision_needed', strategy.validators.LineField(blank=True, help_text='What has to be decided, and by whom. For the coordination and the progress report.', max_length=300, verbose_name='decision needed')),
                ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='sample data')),
                ('uid', models.UUIDField(db_index=True, verbose_name='measure')),
                ('is_unchanged', models.BooleanField(default=False, verbose_name='unchanged')),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='saved at')),
                ('handed_in_at', models.DateTimeField(blank=True, null=True, verbose_name='handed in at')),
                ('returned_note', strategy.validators.LongTextField(blank=True, max_length=1000, verbose_name='why it was given back')),
                ('saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='measures.reportinground', verbose_name='reporting round')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('handed_in_at__isnull', True), ('returned_note', ''), _connector='OR'), name='measures_reportdraft_given_back_is_open', violation_error_message='What is handed in again is no longer given back.'), models.UniqueConstraint(fields=('round', 'uid'), name='measures_reportdraft_once_in_a_round', violation_error_message='There is one draft for each measure of a round.'), models.CheckConstraint(condition=models.Q(('next_step_month__isnull', True), models.Q(('next_step', ''), _negated=True), _connector='OR'), name='measures_reportdraft_month_has_step', violation_error_message='Please say what the next step in that month is.'), models.CheckConstraint(condition=models.Q(('state', ''), ('reported_on__isnull', False), _connector='OR'), name='measures_reportdraft_state_has_date', violation_error_message='A state needs the date from which it holds.')],
                'verbose_name': 'report not yet public',
                'verbose_name_plural': 'reports not yet public',
                'ordering': ['pk'],
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='report',
            name='correction_note',
            field=strategy.validators.LineField(blank=True, max_length=300, verbose_name='what was wrong'),
        ),
        migrations.AddField(
            model_name='report',
            name='corrects',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='measures.report', verbose_name='corrects'),
        ),
        migrations.AddField(
            model_name='report',
            name='round',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='measures.reportinground', verbose_name='reporting round'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('correction_note', ''), ('corrects__isnull', True)), models.Q(('corrects__isnull', False), models.Q(('correction_note', ''), _negated=True)), _connector='OR'), name='measures_report_correction_has_note', violation_error_message='Please say what was wrong in the report that you correct.'),
        ),
    ]
