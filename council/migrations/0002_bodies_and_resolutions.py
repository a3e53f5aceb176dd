import django.db.models.deletion
from django.db import migrations, models

import strategy.validators


class Migration(migrations.Migration):
    dependencies = [
        ("council", "0001_initial"),
        ("measures", "0002_report_progress_permission"),
        ("strategy", "0003_existing_nodes_are_agreed"),
    ]

    operations = [
        migrations.RemoveConstraint("consultation", "council_consultation_once_a_day"),
        migrations.RenameField("consultation", "body", "body_name"),
        migrations.RenameField("consultation", "result", "result_words"),
        migrations.AlterField("consultation", "body_name", strategy.validators.LineField(max_length=200, default="")),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(help_text='Stays when the name changes.', max_length=80, unique=True, verbose_name='key')),
                ('name', strategy.validators.LineField(max_length=200, verbose_name='name')),
                ('short_name', strategy.validators.LineField(blank=True, max_length=60, verbose_name='short name')),
                ('kind', models.CharField(choices=[('council', 'council of the city'), ('committee', 'committee'), ('district_council', 'district council')], max_length=20, verbose_name='kind')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='existed until')),
            ],
            options={
                'verbose_name': 'body',
                'verbose_name_plural': 'bodies',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='GroupVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('votes_for', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='for')),
                ('votes_against', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='against')),
                ('votes_abstaining', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='abstaining')),
                ('name', strategy.validators.LineField(max_length=100, verbose_name='parliamentary group')),
            ],
            options={
                'verbose_name': 'vote of a parliamentary group',
                'verbose_name_plural': 'votes by parliamentary group',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PaperMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(verbose_name='measure')),
                ('matter', models.CharField(choices=[('carry_out', 'to carry it out'), ('fund', 'money in the budget')], default='carry_out', max_length=10, verbose_name='what is decided')),
            ],
            options={
                'verbose_name': 'measure of a paper',
                'verbose_name_plural': 'measures of a paper',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Resolution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('votes_for', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='for')),
                ('votes_against', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='against')),
                ('votes_abstaining', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='abstaining')),
                ('text', strategy.validators.LongTextField(blank=True, help_text='The wording of the minutes. Please name no persons.', max_length=20000, verbose_name='wording as decided')),
                ('vote_note', strategy.validators.LineField(blank=True, help_text='For example: einstimmig', max_length=200, verbose_name='vote in words')),
            ],
            options={
                'verbose_name': 'resolution',
                'verbose_name_plural': 'resolutions',
                'ordering': ['-consultation__held_on', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='consultation',
            name='result',
            field=models.CharField(blank=True, choices=[('approved', 'approved'), ('amended', 'approved with changes'), ('rejected', 'not approved'), ('noted', 'taken note of'), ('postponed', 'postponed to a later meeting')], max_length=20, verbose_name='result'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='role',
            field=models.CharField(blank=True, choices=[('preliminary', 'preliminary consultation'), ('hearing', 'hearing'), ('decision', 'decision')], max_length=20, verbose_name='role'),
        ),
        migrations.AddField(
            model_name='paper',
            name='amended_edition',
            field=models.ForeignKey(blank=True, help_text='Where the council decided on changes: the edition that was frozen with them.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amending_papers', to='strategy.edition', verbose_name="edition with the council's changes"),
        ),
        migrations.AddField(
            model_name='paper',
            name='dated_on',
            field=models.DateField(blank=True, null=True, verbose_name='date of the paper'),
        ),
        migrations.AddField(
            model_name='paper',
            name='edition',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='strategy.edition', verbose_name='edition before the council'),
        ),
        migrations.AddField(
            model_name='paper',
            name='financial_impact',
            field=strategy.validators.LongTextField(blank=True, max_length=20000, verbose_name='financial impact'),
        ),
        migrations.AddField(
            model_name='paper',
            name='proposal',
            field=strategy.validators.LongTextField(blank=True, help_text='The wording of the paper.', max_length=20000, verbose_name='proposed resolution'),
        ),
        migrations.AddField(
            model_name='paper',
            name='withdrawn_on',
            field=models.DateField(blank=True, null=True, verbose_name='withdrawn on'),
        ),
        migrations.AlterField(
            model_name='consultation',
            name='held_on',
            field=models.DateField(blank=True, null=True, verbose_name='date'),
        ),
        migrations.AlterField(
            model_name='paper',
            name='paper_type',
            field=strategy.validators.LineField(blank=True, help_text='For example: öffentliche Beschlussvorlage', max_length=100, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='paper',
            name='under_direction_of',
            field=strategy.validators.LineField(blank=True, help_text='As the paper names it.', max_length=200, verbose_name='lead department'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('amended_edition__isnull', True), models.Q(('edition__isnull', False), models.Q(('amended_edition', models.F('edition')), _negated=True)), _connector='OR'), name='council_paper_amends_another_edition', violation_error_message="The edition with the council's changes is another one than the edition before the council."),
        ),
        migrations.AddField(
            model_name='body',
            name='district',
            field=models.ForeignKey(blank=True, help_text='For a district council: the district that it stands for.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bodies', to='measures.district', verbose_name='district'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='body',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='council.body', verbose_name='body'),
        ),
        migrations.AddField(
            model_name='papermeasure',
            name='paper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='council.paper', verbose_name='paper'),
        ),
        migrations.AddField(
            model_name='resolution',
            name='consultation',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='resolution', to='council.consultation', verbose_name='consultation'),
        ),
        migrations.AddField(
            model_name='groupvote',
            name='resolution',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='council.resolution', verbose_name='resolution'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('district__isnull', False), ('kind', 'district_council')), models.Q(models.Q(('kind', 'district_council'), _negated=True), ('district__isnull', True)), _connector='OR'), name='council_body_district_council_has_district', violation_error_message='A district council has its district, and no other body has one.'),
        ),
        migrations.AddConstraint(
            model_name='papermeasure',
            constraint=models.UniqueConstraint(fields=('paper', 'uid', 'matter'), name='council_papermeasure_once', violation_error_message='This paper names this measure already.'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('votes_abstaining__isnull', True), ('votes_against__isnull', True), ('votes_for__isnull', True)), models.Q(('votes_abstaining__isnull', False), ('votes_against__isnull', False), ('votes_for__isnull', False)), _connector='OR'), name='council_resolution_votes_complete', violation_error_message='Please give all three numbers, or none; where nobody voted so, give 0.'),
        ),
        migrations.AddConstraint(
            model_name='groupvote',
            constraint=models.UniqueConstraint(fields=('resolution', 'name'), name='council_groupvote_once', violation_error_message='This parliamentary group is already recorded.'),
        ),
        migrations.AddConstraint(
            model_name='groupvote',
            constraint=models.CheckConstraint(condition=models.Q(('votes_abstaining__isnull', False), ('votes_against__isnull', False), ('votes_for__isnull', False)), name='council_groupvote_votes_given', violation_error_message='Please give all three numbers; where nobody voted so, give 0.'),
        ),
        migrations.AlterModelOptions("consultation", {"ordering": (models.OrderBy(models.F("held_on"), nulls_last=True), models.OrderBy(models.Case(models.When(role="decision", then=1), default=0)), "pk"), "verbose_name": "consultation", "verbose_name_plural": "consultations"}),
    ]
