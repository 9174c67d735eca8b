"""What was read is never edited: the database itself holds quotes, offsets, texts and assessments as they are."""

from django.db import migrations

_EDITED = "{old}.article_id {differs} {new}.article_id OR {old}.start {differs} {new}.start " \
    'OR {old}."end" {differs} {new}."end" OR {old}.quote {differs} {new}.quote'
_MENTION = "a mention''s quote and offsets are never edited"
_SLICE = "a mention''s quote has to be the text between its offsets"
_ASSESSMENT = "an assessment is never edited"
_CHANGE = "what was done to an article stays written"
_ARTICLE = "an article''s text is never edited once it has mentions"


def guard(apps, schema_editor):
    for statement in {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]():
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    names = [
        ("claims_assessment_kept", "claims_assessment"),
        ("claims_mention_kept", "claims_mention"),
        ("claims_mention_quotes", "claims_mention"),
        ("claims_article_kept", "claims_article"),
        ("claims_articlechange_kept", "claims_articlechange"),
    ]
    if schema_editor.connection.vendor == "sqlite":
        names += [
            ("claims_articlechange_stays", "claims_articlechange"),
            ("claims_assessment_not_replaced", "claims_assessment"),
        ]
    for name, table in names:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {name}{on}", params=None)


def _sqlite():
    edited = _EDITED.format(old="OLD", new="NEW", differs="IS NOT")
    yield (
        "CREATE TRIGGER claims_assessment_kept BEFORE UPDATE ON claims_assessment "
        f"BEGIN SELECT RAISE(ABORT, '{_ASSESSMENT}'); END"
    )
    yield (
        f"CREATE TRIGGER claims_mention_kept BEFORE UPDATE ON claims_mention WHEN {edited} "
        f"BEGIN SELECT RAISE(ABORT, '{_MENTION}'); END"
    )
    yield (
        "CREATE TRIGGER claims_mention_quotes BEFORE INSERT ON claims_mention "
        'WHEN length(NEW.quote) <> NEW."end" - NEW.start '
        'OR NEW.quote IS NOT (SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start) '
        "FROM claims_article WHERE id = NEW.article_id) "
        f"BEGIN SELECT RAISE(ABORT, '{_SLICE}'); END"
    )
    yield (
        "CREATE TRIGGER claims_article_kept BEFORE UPDATE OF text ON claims_article "
        "WHEN OLD.text IS NOT NEW.text AND EXISTS (SELECT 1 FROM claims_mention WHERE article_id = OLD.id) "
        f"BEGIN SELECT RAISE(ABORT, '{_ARTICLE}'); END"
    )
    yield (  # REPLACE INTO is no UPDATE, and deletes what is in its way
        "CREATE TRIGGER claims_assessment_not_replaced BEFORE INSERT ON claims_assessment "
        "WHEN EXISTS (SELECT 1 FROM claims_assessment WHERE id = NEW.id "
        "OR (claim_id = NEW.claim_id AND version = NEW.version)) "
        f"BEGIN SELECT RAISE(ABORT, '{_ASSESSMENT}'); END"
    )
    yield (
        "CREATE TRIGGER claims_articlechange_kept BEFORE UPDATE ON claims_articlechange "
        f"BEGIN SELECT RAISE(ABORT, '{_CHANGE}'); END"
    )
    yield (
        "CREATE TRIGGER claims_articlechange_stays BEFORE DELETE ON claims_articlechange "
        f"BEGIN SELECT RAISE(ABORT, '{_CHANGE}'); END"
    )


def _postgresql():
    edited = _EDITED.format(old="OLD", new="NEW", differs="IS DISTINCT FROM")
    yield _function("verifier_refuse", "RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';")
    yield _function(
        "verifier_quote_is_slice",
        'IF length(NEW.quote) <> NEW."end" - NEW.start '
        'OR NEW.quote IS DISTINCT FROM (SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start) '
        "FROM claims_article WHERE id = NEW.article_id) THEN "
        f"RAISE EXCEPTION '{_SLICE}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW;",
    )
    yield _function(
        "verifier_text_is_kept",
        "IF EXISTS (SELECT 1 FROM claims_mention WHERE article_id = OLD.id) THEN "
        f"RAISE EXCEPTION '{_ARTICLE}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW;",
    )
    yield (
        "CREATE TRIGGER claims_assessment_kept BEFORE UPDATE ON claims_assessment "
        f"FOR EACH ROW EXECUTE FUNCTION verifier_refuse('{_ASSESSMENT}')"
    )
    yield (
        f"CREATE TRIGGER claims_mention_kept BEFORE UPDATE ON claims_mention FOR EACH ROW WHEN ({edited}) "
        f"EXECUTE FUNCTION verifier_refuse('{_MENTION}')"
    )
    yield (
        "CREATE TRIGGER claims_mention_quotes BEFORE INSERT ON claims_mention "
        "FOR EACH ROW EXECUTE FUNCTION verifier_quote_is_slice()"
    )
    yield (
        "CREATE TRIGGER claims_article_kept BEFORE UPDATE OF text ON claims_article "
        "FOR EACH ROW WHEN (OLD.text IS DISTINCT FROM NEW.text) EXECUTE FUNCTION verifier_text_is_kept()"
    )
    yield (
        "CREATE TRIGGER claims_articlechange_kept BEFORE UPDATE OR DELETE ON claims_articlechange "
        f"FOR EACH ROW EXECUTE FUNCTION verifier_refuse('{_CHANGE}')"
    )


def _function(name, body):
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
