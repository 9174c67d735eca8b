"""Publications, whose versions only grow; what readers are told of the desk; and the rights to it."""

import claims.models.folding
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


from reviews.people import ensure_groups
from reviews.services.imprints import STARTER

TABLE = "reviews_publicationversion"
TAKEN = "id = NEW.id OR (publication_id = NEW.publication_id AND number = NEW.number)"


def guard(apps, schema_editor):
    for statement in {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]():
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_only_grows ON {TABLE}", params=None)
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_truncate ON {TABLE}", params=None)
    else:
        for verb in ("update", "delete", "replace"):
            schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{verb}", params=None)


def _sqlite():
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, 'what was published stays written: no {verb} on {TABLE}'); END"
        )
    yield (  # REPLACE INTO deletes the row in its way without asking the trigger of DELETE
        f"CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE} "
        f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE {TAKEN}) "
        f"BEGIN SELECT RAISE(ABORT, 'what was published stays written: no REPLACE on {TABLE}'); END"
    )


def _postgresql():
    yield (  # the function is the one that keeps the history
        f"CREATE TRIGGER {TABLE}_only_grows BEFORE UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION verifier_only_grows()"
    )
    yield (
        f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION verifier_only_grows()"
    )


def rights(apps, schema_editor):
    ensure_groups(
        apps.get_model("auth", "Group"),
        apps.get_model("auth", "Permission"),
        apps.get_model("contenttypes", "ContentType"),
    )


def imprint(apps, schema_editor):
    apps.get_model("reviews", "Imprint").objects.get_or_create(pk=1, defaults=STARTER)


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0012_pair_skips'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Imprint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Under which the desk publishes; also the author in ClaimReview.', max_length=100)),
                ('contact', models.CharField(blank=True, help_text='Where readers can ask for a correction.', max_length=300)),
                ('about', models.TextField(blank=True, help_text='Who runs and who pays for the desk.')),
                ('methods', models.TextField(blank=True, help_text='How claims are chosen, checked and rated.')),
                ('corrections', models.TextField(blank=True, help_text='How mistakes are corrected.')),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name_plural': 'imprint',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='reviews_imprint_one'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='reviews_imprint_has_name')],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('withdrawn', models.BooleanField(default=False)),
                ('verdict', models.CharField(choices=[('corroborated', 'corroborated'), ('disputed', 'disputed'), ('refuted', 'refuted')], max_length=20)),
                ('text', models.TextField(help_text='What readers can search: the claim, the headline and the summary.')),
                ('folded', claims.models.folding.FoldedField(editable=False, null=True, of='text')),
                ('published_at', models.DateTimeField(help_text='When it was first published.')),
                ('changed_at', models.DateTimeField()),
                ('review', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='reviews.review')),
            ],
            options={
                'ordering': ['-published_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='PublicationVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('published', 'published'), ('corrected', 'corrected'), ('withdrawn', 'withdrawn')], max_length=20)),
                ('snapshot', models.JSONField(default=dict, help_text='What the page shows; empty where it was withdrawn.')),
                ('why', models.TextField(blank=True, help_text='What readers are told of a correction or a withdrawal.')),
                ('created_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='reviews.publication')),
            ],
            options={
                'ordering': ['publication_id', 'number'],
            },
        ),
        migrations.AddField(
            model_name='publication',
            name='current',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='current_of', to='reviews.publicationversion'),
        ),
        migrations.AddConstraint(
            model_name='publicationversion',
            constraint=models.UniqueConstraint(fields=('publication', 'number'), name='reviews_publicationversion_once'),
        ),
        migrations.AddConstraint(
            model_name='publicationversion',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'published'), models.Q(('why', ''), _negated=True), _connector='OR'), name='reviews_publicationversion_why'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(fields=['-published_at', '-id'], name='reviews_publication_newest'),
        ),
        migrations.RunPython(guard, unguard),
        migrations.RunPython(imprint, migrations.RunPython.noop),
        migrations.RunPython(rights, migrations.RunPython.noop),
    ]
