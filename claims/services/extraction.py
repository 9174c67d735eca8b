"""Read an article and keep what it claims: its mentions, their speakers, its digest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from claims.engine import names, types
from claims.engine.matching.nesting import standing
from claims.engine.reading.mentions import read
from claims.models import Article, ArticleStep, Mention, Speaker, SpeakerAlias, StepName
from claims.services import nested
from claims.services.records import digest_json, document_of, mention_row

UNKNOWN = types.SpeakerKind.UNKNOWN.value


def extract(article_id: int) -> int:
    """Read an article and write its mentions; the number written, 0 where it had been read before.

    The reading happens before the transaction, the writing in one; a fixed number of queries. Raises
    ``Article.DoesNotExist``.
    """
    article = Article.objects.select_related("source").get(pk=article_id)
    if _done(article_id):
        return 0
    known = known_people()
    reading = next(iter(read([document_of(article)], model=settings.LANGUAGE_MODEL, known=known, nested=True)))
    return _write(article, reading)


def known_people() -> list[types.KnownPerson]:
    """Return the people of whom an editor has told the gender or other names, in two queries."""
    told = Speaker.objects.filter(Q(aliases__isnull=False) | ~Q(gender=""), kind=types.SpeakerKind.PERSON.value)
    return [
        types.KnownPerson(one.canonical, one.gender, tuple(alias.name for alias in one.aliases.all()))
        for one in told.distinct().prefetch_related("aliases")
    ]


def _done(article_id: int) -> bool:
    steps = ArticleStep.objects.filter(article_id=article_id, name=StepName.EXTRACT)
    return steps.filter(done_at__isnull=False).exists()


@transaction.atomic
def _write(article: Article, reading: types.Reading) -> int:
    """Keep a reading, unless another worker has kept it meanwhile: the article's row is the lock."""
    Article.objects.select_for_update().only("pk").get(pk=article.pk)
    if _done(article.pk):
        return 0
    speakers = speaker_rows(mention.speaker for mention in reading.mentions)
    rows = [mention_row(article, m, speakers.get(name_of(m.speaker))) for m in reading.mentions]
    Mention.objects.bulk_create(rows)
    nested.keep(article, standing(reading)[len(rows) :], rows)
    Article.objects.filter(pk=article.pk).update(
        language=article.language or reading.language[:10],
        digest=digest_json(reading.digest),
        wire=reading.wire[:100],
        unread=reading.unread[:200],
        partly=reading.partly[:200],
    )
    now = timezone.now()
    ArticleStep.objects.update_or_create(
        article=article,
        name=StepName.EXTRACT,
        defaults={"done_at": now, "parked_at": None, "error": "", "updated_at": now},
    )
    return len(rows)


def name_of(speaker: types.Speaker) -> str:
    """Return the name under which a speaker has a row; "" for the outlet's own voice and for nobody known."""
    own_voice = speaker.kind == types.SpeakerKind.OUTLET and not speaker.text
    return "" if own_voice else names.clean(speaker.canonical)[:200].strip()


def speaker_rows(speakers: Iterable[types.Speaker]) -> dict[str, Speaker]:
    """Rows for speakers by canonical name, made where missing; an alias leads to the row that it stands for.

    Two workers may do this at once: rows are inserted in one order, and one that exists is left alone.
    """
    named = {name_of(speaker): speaker.kind.value for speaker in speakers if name_of(speaker)}
    last_wins = sorted(enumerate(named.items()), key=lambda one: (one[1][1] != UNKNOWN, -one[0]))
    wanted = {names.key(name): Speaker(canonical=name, kind=kind) for _, (name, kind) in last_wins}
    if not wanted:
        return {}
    aliases = SpeakerAlias.objects.filter(key__in=wanted).select_related("speaker")
    found = {str(alias.key): alias.speaker for alias in aliases}
    missing = sorted(set(wanted) - set(found))
    Speaker.objects.bulk_create([wanted[key] for key in missing], ignore_conflicts=True)
    rows = {str(row.key): row for row in Speaker.objects.filter(key__in=missing)}
    found.update({key: _better_known(row, wanted[key]) for key, row in rows.items()})
    found.update(_without_key({wanted[key].canonical: key for key in missing if key not in found}))
    return {name: found[names.key(name)] for name in named}


def _better_known(row: Speaker, met: Speaker) -> Speaker:
    """Give a row its proper name and kind that was made from a text which told neither ("elon musk")."""
    taken = Speaker.objects.filter(canonical=met.canonical).exclude(pk=row.pk)
    if row.kind == UNKNOWN != met.kind and not taken.exists():
        row.kind, row.canonical = met.kind, met.canonical
        Speaker.objects.filter(pk=row.pk, kind=UNKNOWN).update(
            kind=row.kind, canonical=row.canonical, skeleton=names.skeleton_key(row.canonical)
        )
    return row


def _without_key(canonical: Mapping[str, str]) -> dict[str, Speaker]:
    """Rows that a process of an older version has written, by the keys that they should have."""
    if not canonical:
        return {}
    return {canonical[row.canonical]: row for row in Speaker.objects.filter(canonical__in=canonical)}
