"""What other publishers found out, beside the claims that they are about."""


import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0021_mention_part_of'),
    ]

    operations = [
        migrations.CreateModel(
            name='OtherVerdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='SHA-256 of its address and of the claim reviewed.', max_length=64, unique=True)),
                ('publisher', models.CharField(max_length=200)),
                ('url', models.URLField(max_length=1000)),
                ('title', models.CharField(blank=True, max_length=500)),
                ('reviewed', models.TextField(help_text="The claim, in the publisher's words.")),
                ('claimant', models.CharField(blank=True, max_length=200)),
                ('rating', models.CharField(help_text="In the publisher's words.", max_length=200)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('language', models.CharField(blank=True, max_length=20)),
                ('imported_at', models.DateTimeField()),
                ('claim', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='other_verdicts', to='claims.claim')),
            ],
            options={
                'ordering': ['-published_at', '-id'],
            },
        ),
    ]
