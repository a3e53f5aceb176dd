import django.core.validators
import django.db.models.deletion
import measures.progress
import strategy.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    """What was reached, when, and what was spent, beside what is planned."""

    dependencies = [
        ('measures', '0011_reporting_rounds'),
    ]

    operations = [
        migrations.CreateModel(
            name='Execution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(unique=True, verbose_name='measure')),
                ('started_on', models.DateField(blank=True, null=True, validators=[measures.progress.validate_not_in_future], verbose_name='begun on')),
                ('ended_on', models.DateField(blank=True, null=True, validators=[measures.progress.validate_not_in_future], verbose_name='ended on')),
                ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='sample data')),
            ],
            options={
                'verbose_name': 'execution',
                'verbose_name_plural': 'executions',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', strategy.validators.LineField(max_length=200, verbose_name='milestone')),
                ('due_on', models.DateField(verbose_name='due (day)')),
                ('is_due_in_month', models.BooleanField(default=False, help_text='Then readers see the month alone.', verbose_name='only the month is certain')),
                ('done_on', models.DateField(blank=True, null=True, validators=[measures.progress.validate_not_in_future], verbose_name='reached on')),
            ],
            options={
                'verbose_name': 'milestone',
                'verbose_name_plural': 'milestones',
                'ordering': ['due_on', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='YearSpending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1990), django.core.validators.MaxValueValidator(2100)], verbose_name='year')),
                ('amount', models.PositiveBigIntegerField(validators=[django.core.validators.MinValueValidator(0)], verbose_name='spent (€)')),
                ('note', strategy.validators.LineField(blank=True, max_length=300, verbose_name='note on the cost')),
            ],
            options={
                'verbose_name': 'spending of a year',
                'verbose_name_plural': 'spending by year',
                'ordering': ['year', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='execution',
            constraint=models.CheckConstraint(condition=models.Q(('started_on__isnull', True), ('ended_on__isnull', True), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='measures_execution_period_in_order', violation_error_message='The measure would have ended before it began.'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='execution',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='measures.execution', verbose_name='execution'),
        ),
        migrations.AddField(
            model_name='yearspending',
            name='execution',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spending', to='measures.execution', verbose_name='execution'),
        ),
        migrations.AddConstraint(
            model_name='yearspending',
            constraint=models.UniqueConstraint(fields=('execution', 'year'), name='measures_yearspending_once_a_year', violation_error_message='This year is there twice. Please put what was spent in it into one row.'),
        ),
    ]
