import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pictures', '0002_network_of_a_picture'),
    ]

    operations = [
        migrations.AddField(
            model_name='picture',
            name='key',
            field=models.CharField(editable=False, max_length=16, null=True),
        ),
        migrations.CreateModel(
            name='FormerFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='PictureInText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('item', models.BigIntegerField()),
                ('picture', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='in_texts', to='pictures.picture')),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'item'], name='pictures_in_an_item')],
                'constraints': [models.UniqueConstraint(fields=('picture', 'kind', 'item'), name='picture_in_text_once')],
            },
        ),
    ]
