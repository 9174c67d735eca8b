"""Fill in the folded columns, keys, sites and aliases of what is there, and the platforms that every desk starts with.

Nothing is merged. Where two old rows fall together, the first is found by the name from now on and the other stays as it
is: both have one skeleton, by which the desk shows them as possible duplicates.
"""

import hashlib

from django.db import migrations

from claims.engine import names
from claims.models.folding import CUT
from claims.services import outlets

BATCH = 500


def fill(apps, schema_editor):
    rows_of = {name: apps.get_model("claims", name) for name in (
        "Article", "Claim", "Mention", "Platform", "Source", "SourceAlias", "Speaker", "SpeakerAlias", "Story",
    )}
    outlets.ensure_platforms(rows_of["Platform"])
    _fold(rows_of["Story"], "title")
    _fold(rows_of["Claim"], "text")
    _fold(rows_of["Mention"], "quote")
    _key(rows_of["Speaker"], "canonical", skeleton=True)
    _key(rows_of["SpeakerAlias"], "name")
    platforms = list(rows_of["Platform"].objects.all())
    _sources(rows_of["Source"], rows_of["SourceAlias"], platforms)
    _articles(rows_of["Article"], platforms)


def _fold(model, of):
    rows = model.objects.filter(folded=None).only("pk", of)
    _write(model, rows, ["folded"], lambda row: {"folded": names.fold(getattr(row, of))})


def _key(model, of, skeleton=False):
    taken = set(model.objects.exclude(key=None).values_list("key", flat=True))

    def values(row):
        key = names.key(getattr(row, of))
        number, free = 1, key
        while free in taken:
            number += 1
            free = f"{key[:CUT]} ({number})"
        taken.add(free)
        return {"key": free, **({"skeleton": names.skeleton_key(getattr(row, of))} if skeleton else {})}

    _write(model, model.objects.filter(key=None), ["key", *(["skeleton"] if skeleton else [])], values)


def _sources(model, aliases, platforms):
    """Let each name and site lead to the first source that has it; a platform is no source's own site any more."""
    taken = set(aliases.objects.values_list("key", flat=True))
    made = []

    def values(row):
        site = outlets.site_of(outlets.host_of(row.domain), platforms) if row.domain else ""
        named = row.name != row.domain and not row.key.startswith("unknown-")
        keys = [("name", names.key(row.name))] * named + [("site", site)] + [("name", names.key(row.key))] * (row.key != row.domain)
        for kind, key in keys:
            if key and key not in taken:
                taken.add(key)
                made.append(aliases(source_id=row.pk, kind=kind, key=key))
        return {"domain": site, "folded": names.fold(row.name), "skeleton": names.skeleton_key(row.name)}

    _write(model, model.objects.filter(folded=None), ["domain", "folded", "skeleton"], values)
    aliases.objects.bulk_create(made, batch_size=BATCH)


def _articles(model, platforms):
    by_key = {platform.domain: platform for platform in platforms}
    rows = model.objects.filter(text_hash=None).only("pk", "title", "url", "text")

    def values(row):
        host = outlets.host_of(row.url)
        near = [by_key[key] for key in outlets.keys_of(host) if key in by_key] if host else []
        return {
            "folded": names.fold(row.title),
            "site": outlets.site_of(host, near),
            "text_hash": hashlib.sha256(names.fold(row.text).encode(errors="replace")).hexdigest(),
        }

    _write(model, rows, ["folded", "site", "text_hash"], values)


def _write(model, rows, fields, values):
    """Write what ``values`` gives for each row, a batch at a time, in order of id."""
    batch = []
    for row in rows.order_by("pk").iterator(chunk_size=BATCH):
        batch.append(model(pk=row.pk, **values(row)))
        if len(batch) == BATCH:
            model.objects.bulk_update(batch, fields)
            batch = []
    model.objects.bulk_update(batch, fields)


class Migration(migrations.Migration):
    dependencies = [("claims", "0003_identity")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
