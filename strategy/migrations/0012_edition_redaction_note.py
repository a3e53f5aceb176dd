import strategy.validators
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('strategy', '0011_redaction_orders'),
    ]

    operations = [
        migrations.AddField(
            model_name='edition',
            name='redaction_note',
            field=strategy.validators.LongTextField(blank=True, editable=False, max_length=20000, verbose_name='note on what was blackened'),
        ),
    ]
