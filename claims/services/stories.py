"""Put each article into the story that it reports, and join stories that turn out to be one, reversibly.

Placings follow one another under one lock: two workers with the first two articles of an event make one story, and
the counts of words that weigh the next article are those of all before it. A placing takes some hundredths of a second,
however many articles there are: it looks at the latest ``MOST_PER_KEY`` stories under each of ``MOST_KEYS`` keys.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.db.models import Max, Min, Q
from django.utils import timezone

from claims.engine.matching import stories as engine
from claims.models import Article, Claim, Story, StoryJoin, StoryKey, TermCount
from claims.services.records import digest_of

LOCK = 7_226_419
"""The advisory lock of placings (PostgreSQL); SQLite has one writer at a time anyway."""
AHEAD = 30
"""Days by which a story may be later than an article and still be looked at before older ones."""
ALL_ARTICLES = ""
"""The term under which the number of placed articles is counted."""


def place_article(article: Article) -> Story:
    """Return the story that an article reports; it joins a known one or opens a new one.

    An article that has a story keeps it, so this may be called again. Where it turns out that the article ties another
    story to its own, a join is proposed; ``carry_out_joins`` carries it out.
    """
    with transaction.atomic():
        _lock()
        row = Article.objects.select_related("story").get(pk=article.pk)
        story = row.story or _place(row)
    article.story = story
    return story


def current(story: Story) -> Story:
    """Return the story that a story was joined into, through all joins, or itself."""
    while story.merged_into is not None:
        story = story.merged_into
    return story


def _lock() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _place(row: Article) -> Story:
    digest = digest_of(row.digest)
    background = _counted(engine.terms_of(digest))
    keys = engine.story_keys(digest, background)
    new = engine.member(str(row.pk), digest, row.published_at, background)
    day = engine.day_of(row.published_at) or engine.day_of(row.created_at) or 0
    candidates = {str(story.pk): story for story in _candidates(keys, background, day)}
    profiles = [engine.StoryProfile.from_json(key, story.profile) for key, story in candidates.items()]
    found = engine.place_member(new, profiles)
    if found.story is None:
        story, profile = Story(title=row.title), engine.StoryProfile("")
    else:
        story = candidates[found.story]
        profile = next(p for p in profiles if p.id == found.story)
    story.profile = profile.plus(new).to_json()
    _stretch(story, row.published_at)
    if story.pk is None:
        story.save()
    else:
        story.save(update_fields=["profile", "first_published_at", "last_published_at"])  # matching owns the words
    Article.objects.filter(pk=row.pk).update(story=story)
    _remember(story, keys, day)
    for other in found.also:
        _propose(story, candidates[other], row)
    return story


def _counted(terms: Sequence[str]) -> engine.Background:
    """Count one more article with these terms; return the counts, this article's included."""
    rows = sorted({ALL_ARTICLES, *(term[:120] for term in terms)})
    sql = (
        f"INSERT INTO {TermCount._meta.db_table} (term, articles) VALUES {', '.join(['(%s, 1)'] * len(rows))} "  # noqa: S608
        f"ON CONFLICT (term) DO UPDATE SET articles = {TermCount._meta.db_table}.articles + 1 RETURNING term, articles"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, rows)
        counts: dict[str, int] = dict(cursor.fetchall())
    return engine.general().plus(counts.pop(ALL_ARTICLES), counts)


def _candidates(keys: Sequence[str], background: engine.Background, day: int) -> list[Story]:
    """Return the stories that share the rarest keys, in order of id.

    Under each key the latest ``MOST_PER_KEY`` up to the article's day are looked at, and a few after it: an article
    may come late, and one without a date stands under the day of its arrival.
    """
    if not keys:
        return []
    weights = {key: round(1000 * background.idf(key) ** 2) for key in keys}
    scored: dict[int, int] = {}
    parameters = [value for key in keys for value in (key, day, key, day)]
    with connection.cursor() as cursor:
        cursor.execute(_UNDER_KEYS.format(" UNION ALL ".join([_BEFORE, _AFTER] * len(keys))), parameters)
        for key, story in cursor.fetchall():
            scored[story] = scored.get(story, 0) + weights[key]
    best = sorted(scored, key=lambda story: (-scored[story], story))[: engine.MOST_CANDIDATES]
    return list(Story.objects.filter(pk__in=best, merged_into__isnull=True).order_by("pk"))


_UNDER_KEYS = "SELECT key, story_id FROM ({}) AS found"
_ONE_KEY = (
    "SELECT key, story_id FROM (SELECT key, story_id FROM claims_storykey "  # noqa: S608 - constants only
    f"WHERE key = %s AND day {{}} %s + {AHEAD} ORDER BY day {{}}, story_id {{}} LIMIT {{}}) AS one"
)
_BEFORE = _ONE_KEY.format("<=", "DESC", "DESC", engine.MOST_PER_KEY)
_AFTER = _ONE_KEY.format(">", "ASC", "ASC", engine.MOST_PER_KEY // 4)


def _stretch(story: Story, published: datetime | None) -> None:
    """Let the story's dates take in one more article's."""
    if published is not None:
        story.first_published_at = min(story.first_published_at or published, published)
        story.last_published_at = max(story.last_published_at or published, published)


def _remember(story: Story, keys: Sequence[str], day: int) -> None:
    rows = [StoryKey(story=story, key=key, day=day) for key in keys]
    StoryKey.objects.bulk_create(rows, ignore_conflicts=True)
    StoryKey.objects.filter(story=story, key__in=keys, day__lt=day).update(day=day)


def _propose(story: Story, other: Story, article: Article) -> None:
    """Note that an article ties two stories, unless somebody has taken them apart."""
    pair = Q(into=story, story=other) | Q(into=other, story=story)
    if not StoryJoin.objects.filter(pair, Q(undone_at__isnull=False) | Q(joined_at__isnull=True)).exists():
        StoryJoin.objects.create(into=story, story=other, why=f"“{article.title}” reports both")


def carry_out_joins(story_id: int) -> tuple[int, ...]:
    """Carry out the joins proposed for a story, where the stories as wholes agree; return the stories that grew.

    Two workers may call it for one join; the second finds nothing left to do.
    """
    waiting = StoryJoin.objects.filter(Q(into=story_id) | Q(story=story_id), joined_at__isnull=True)
    grown = []
    for join_id in list(waiting.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            _lock()
            join = StoryJoin.objects.select_related("into", "story").filter(pk=join_id).first()
            if join is None:
                continue
            one, two = current(join.into), current(join.story)
            join.delete()
            if one.pk != two.pk and engine.same_event(_profile(one), _profile(two)):
                grown.append(join_stories(one.pk, two.pk, why=join.why).into_id)
    return tuple(dict.fromkeys(grown))


@transaction.atomic
def join_stories(one: int, two: int, *, why: str, by: AbstractBaseUser | None = None) -> StoryJoin:
    """Join two stories into the one with more articles (of equals the older); returns the record of it.

    Raises ``ValueError`` where they are one story already.
    """
    _lock()
    rows = {row.pk: row for row in Story.objects.select_for_update().filter(pk__in=(one, two)).order_by("pk")}
    sizes = {pk: Article.objects.filter(story=pk).count() for pk in rows}
    if len(rows) != 2 or any(row.merged_into_id for row in rows.values()):
        raise ValueError(f"stories {one} and {two} cannot be joined: joined already, or not there")
    kept, gone = (rows[pk] for pk in sorted(rows, key=lambda pk: (-sizes[pk], pk)))
    join = StoryJoin.objects.create(
        into=kept,
        story=gone,
        why=why,
        by_id=by.pk if by else None,
        articles=list(Article.objects.filter(story=gone).order_by("pk").values_list("pk", flat=True)),
        claims=list(Claim.objects.filter(story=gone).order_by("pk").values_list("pk", flat=True)),
        joined_at=timezone.now(),
    )
    _move(join.articles, join.claims, kept)
    _share_keys(gone, kept)
    kept.profile = _profile(kept).joined(_profile(gone)).to_json()
    kept.words = dict(Counter(kept.words) + Counter(gone.words))
    kept.matched_at = timezone.now()
    _set_dates(kept)
    kept.save()
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    return join


@transaction.atomic
def unjoin_stories(join_id: int, *, by: AbstractBaseUser | None = None) -> StoryJoin:
    """Take a join back: what came from the joined story returns to it, and the machine will not join the two again.

    What has since moved elsewhere stays where it is. Raises ``ValueError`` where the join is not in force.
    """
    _lock()
    join = StoryJoin.objects.select_for_update().get(pk=join_id)
    if join.joined_at is None or join.undone_at is not None:
        raise ValueError(f"join {join_id} is not in force")
    rows = {row.pk: row for row in Story.objects.select_for_update().filter(pk__in=(join.into_id, join.story_id))}
    kept, gone = rows[join.into_id], rows[join.story_id]
    articles = Article.objects.filter(pk__in=join.articles, story=kept).values_list("pk", flat=True)
    claims = Claim.objects.filter(pk__in=join.claims, story=kept).values_list("pk", flat=True)
    _move(list(articles), list(claims), gone)
    kept.profile = _without(kept, join.articles).to_json()
    kept.words = dict(Counter(kept.words) - Counter(gone.words))
    kept.matched_at = gone.matched_at = timezone.now()
    _set_dates(kept)
    kept.save()
    gone.merged_into = None
    gone.save(update_fields=["merged_into", "matched_at"])
    join.undone_at, join.undone_by_id = timezone.now(), by.pk if by else None
    join.save(update_fields=["undone_at", "undone_by"])
    return join


def _profile(story: Story) -> engine.StoryProfile:
    return engine.StoryProfile.from_json(str(story.pk), story.profile)


def _without(story: Story, articles: Collection[int]) -> engine.StoryProfile:
    """The story's profile without some articles."""
    profile, away = _profile(story), {str(pk) for pk in articles}
    size = Article.objects.filter(story=story).count()
    return engine.StoryProfile(profile.id, size, tuple(m for m in profile.members if m.article not in away))


def _move(articles: Collection[int], claims: Collection[int], target: Story) -> None:
    Article.objects.filter(pk__in=articles).update(story=target)
    Claim.objects.filter(pk__in=claims).update(story=target)


def _share_keys(source: Story, target: Story) -> None:
    """Let a story be found under another's keys too; the other keeps its own, unseen while it is joined."""
    keys = source.keys.values_list("key", "day")
    StoryKey.objects.bulk_create([StoryKey(story=target, key=k, day=d) for k, d in keys], ignore_conflicts=True)


def _set_dates(story: Story) -> None:
    """Set the story's dates to those of its articles."""
    dates = Article.objects.filter(story=story).aggregate(first=Min("published_at"), last=Max("published_at"))
    story.first_published_at, story.last_published_at = dates["first"], dates["last"]
