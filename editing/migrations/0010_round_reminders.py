import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("editing", "0008_proposals_of_all_kinds"),
        ('measures', '0011_reporting_rounds'),
    ]

    operations = [
        migrations.CreateModel(
            name='RoundReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('count', models.PositiveSmallIntegerField(default=0)),
                ('sent_on', models.DateField(null=True, verbose_name='last mail on')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='measures.department', verbose_name='department')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='measures.reportinground', verbose_name='reporting round')),
            ],
            options={
                'verbose_name': 'reminder of a reporting round',
                'verbose_name_plural': 'reminders of reporting rounds',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('round', 'department'), name='editing_roundreminder_once_a_department')],
            },
        ),
    ]
