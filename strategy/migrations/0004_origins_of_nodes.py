import django.db.models.deletion
import django.utils.timezone
import strategy.validators
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('strategy', '0003_existing_nodes_are_agreed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='historyrecord',
            name='action',
            field=models.CharField(choices=[('added', 'added'), ('changed', 'changed'), ('moved', 'moved'), ('reviewed', 'review state changed'), ('deleted', 'deleted'), ('restored', 'restored'), ('origins', 'origins changed')], max_length=10, verbose_name='what was done'),
        ),
        migrations.CreateModel(
            name='Origin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(db_index=True, verbose_name='identity')),
                ('origin_uid', models.UUIDField(db_index=True, verbose_name='identity of the origin')),
                ('origin_title', strategy.validators.LineField(max_length=300, verbose_name='title of the origin')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('removed_at', models.DateTimeField(null=True, verbose_name='taken back at')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken back by')),
            ],
            options={
                'verbose_name': 'origin of a node',
                'verbose_name_plural': 'origins of nodes',
                'ordering': ['pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at__isnull', True)), fields=('uid', 'origin_uid'), name='strategy_origin_named_once', violation_error_message='This origin has been named already.'), models.CheckConstraint(condition=models.Q(('uid', models.F('origin_uid')), _negated=True), name='strategy_origin_is_another', violation_error_message='A node cannot come from itself.')],
            },
        ),
    ]
