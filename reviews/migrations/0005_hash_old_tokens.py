"""Tokens that stood in clear in ``authtoken_token`` go on as hashes, for 90 days; the table goes."""

import hashlib
from datetime import timedelta

from django.db import migrations
from django.utils import timezone

OLD = "authtoken_token"
DAYS = 90
SHOWN = 15


def hash_them(apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        if OLD not in connection.introspection.table_names(cursor):
            return
        cursor.execute(f"SELECT key, user_id FROM {OLD}")
        found = cursor.fetchall()
    expiry = timezone.now() + timedelta(days=DAYS)
    Token = apps.get_model("reviews", "AccessToken")
    for key, user_id in found:
        digest = hashlib.sha512(key.encode()).hexdigest()
        values = {"token_key": key[:SHOWN], "user_id": user_id, "expiry": expiry, "name": "made before"}
        Token(digest=digest, **values).save(force_insert=True)
    schema_editor.execute(f"DROP TABLE {OLD}")
    apps.get_model("contenttypes", "ContentType").objects.filter(app_label="authtoken").delete()


class Migration(migrations.Migration):
    dependencies = [("reviews", "0004_access_tokens"), ("contenttypes", "0002_remove_content_type_name")]
    operations = [migrations.RunPython(hash_them, migrations.RunPython.noop)]
