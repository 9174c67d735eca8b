"""What editors do to sources: rename, let a name or a site lead to one, merge two that are one, and undo that.

A merged source stays, without articles, and points to the other; its names and sites lead there. What its articles
state is scored again, because two origins may be one now.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from claims.engine import names
from claims.errors import SourceError
from claims.models import Article, Claim, Platform, Source, SourceAlias, SourceMerge
from claims.numbers import whole
from claims.services import standing
from claims.services.outlets import NAME_LENGTH, host_of, is_registered, site_in, site_of

Kind = SourceAlias.Kind


class SourceConflict(SourceError):
    """The name or site is another source's."""

    code = "source_conflict"

    def __init__(self, key: str, other: Source, field: str) -> None:
        super().__init__(f"“{key}” is {other.name} (source {other.pk}): merge the two if they are one.", field=field)
        self.other = other


@transaction.atomic
def rename(source_id: int, name: str, site: str = "") -> Source:
    """Give a source another name and main site; what it was known by before still leads to it.

    Without a site the one that it had leads to nobody. Raises SourceError for a name or site that can be none,
    SourceConflict where it is another source's.
    """
    source = Source.objects.select_for_update().get(pk=source_id)
    if names.key(name) != names.key(source.name):
        lead_here(source, "name", free(source, "name", name))
    if not site.strip():
        source.aliases.filter(key=source.domain, kind=Kind.SITE).delete()
        source.domain = ""
    elif site != source.domain:
        source.domain = free(source, "domain", site)
        lead_here(source, "domain", source.domain)
    source.name = names.clean(name)[:NAME_LENGTH]
    source.save(update_fields=["name", "folded", "skeleton", "domain"])
    return source


def free(source: Source, field: str, value: str) -> str:
    """Return the key of a name, or the site of an address, that the source may have; ``field``: name or domain.

    Raises SourceError where it can be none, SourceConflict where it is another source's.
    """
    key = names.key(value) if field == "name" else own_site(value)
    if not key:
        raise SourceError("A source needs a name.", field=field)
    alias = SourceAlias.objects.filter(key=key).exclude(source=source).select_related("source").first()
    if alias is not None:
        raise SourceConflict(key, alias.source, field)
    return key


def own_site(address: str) -> str:
    """Return the publisher's own site of an address or a domain. Raises SourceError where it is none."""
    if not (site := site_in(address)):
        raise SourceError(f"“{address.strip()[:80]}” is no publisher’s own site.", field="domain")
    return site


def lead_here(source: Source, field: str, key: str) -> None:
    """Let a name or a site lead to a source. Raises SourceConflict where it leads to another one."""
    kind = Kind.NAME if field == "name" else Kind.SITE
    alias, _ = SourceAlias.objects.get_or_create(key=key, defaults={"source": source, "kind": kind})
    if alias.source_id != source.pk:
        raise SourceConflict(key, alias.source, field)


def found(asked: str) -> Source | None:
    """Return the source of this number, name or site, or None."""
    number = whole(asked.strip())
    if number is not None and (source := Source.objects.filter(pk=number, merged_into=None).first()) is not None:
        return source
    keys = [key for key in (names.key(asked), site_in(asked)) if key]
    alias = SourceAlias.objects.filter(key__in=keys).select_related("source").order_by("kind").first()
    return alias.source if alias else None


def unlearned_sites(source: Source) -> list[str]:
    """Return the sites on which a source's articles stand and which lead to nobody."""
    led = SourceAlias.objects.filter(key=OuterRef("site"))
    articles = Article.objects.filter(~Exists(led), source=source, site__gt="")
    return [str(site) for site in articles.order_by("site").values_list("site", flat=True).distinct()]


@transaction.atomic
def merge(source_id: int, target_id: int, *, by: User | None, why: str) -> SourceMerge:
    """Move the articles, names and sites of one source to another. Raises SourceError."""
    if names.blank(why):
        raise SourceError("Say why the two are one.", field="why")
    source, target = _locked(source_id, target_id)
    for one in (source, target):
        if one.merged_into_id is not None:
            raise SourceError(f"{one.name} was merged into another source before.")
    done = SourceMerge.objects.create(
        source=source,
        target=target,
        articles=list(source.articles.order_by("pk").values_list("pk", flat=True)),
        aliases=list(source.aliases.order_by("pk").values_list("pk", flat=True)),
        why=why.strip(),
        by=by,
    )
    _move(done, target)
    Source.objects.filter(pk=source.pk).update(merged_into=target)
    if source.domain and not target.domain:
        Source.objects.filter(pk=target.pk).update(domain=source.domain)
    return done


@transaction.atomic
def undo_merge(merge_id: int, *, by: User | None) -> SourceMerge:
    """Give a merged source its articles, names and sites back, as far as the other one still has them.

    What came in meanwhile under one of its names stays where it is. Raises SourceError.
    """
    done = SourceMerge.objects.select_for_update().get(pk=merge_id)
    if done.undone_at is not None:
        raise SourceError("This merge was undone before.")
    source, target = _locked(done.source_id, done.target_id)
    if target.merged_into_id is not None:
        raise SourceError(f"{target.name} was itself merged since: undo that first.")
    _move(done, source)
    Source.objects.filter(pk=source.pk).update(merged_into=None)
    if target.domain == source.domain and not target.aliases.filter(key=target.domain).exists():
        Source.objects.filter(pk=target.pk).update(domain="")
    done.undone_at, done.undone_by = timezone.now(), by
    done.save(update_fields=["undone_at", "undone_by"])
    return done


def platform_domain(written: str) -> str:
    """Return the domain of a platform as it is stored: “example.org”, or “example.*” for every ending.

    Raises SourceError for what is no domain, or would hold the sites of others (“co.uk”).
    """
    text = written.strip().lower().removesuffix(".*")
    host = host_of(text)
    if written.strip().endswith(".*") and host and "." not in host:
        return f"{host}.*"
    if not host or written.strip().endswith(".*") or not is_registered(host):
        raise SourceError(f"“{written.strip()[:80]}” is no domain.", field="domain")
    return host


@transaction.atomic
def unlearn(platform: Platform) -> None:
    """Let the sites that were learned on a platform lead to nobody; what their articles were given as stays."""
    name = platform.domain.removesuffix("*")
    below = Q(key__endswith=f".{platform.domain}") | Q(key=platform.domain)
    if platform.domain.endswith(".*"):
        below = Q(key__startswith=name) | Q(key__contains=f".{name}")
    for alias in SourceAlias.objects.filter(below, kind=Kind.SITE):
        if site_of(alias.key, (platform,)) != alias.key:
            Source.objects.filter(domain=alias.key).update(domain="")
            Article.objects.filter(site=alias.key).update(site="")
            alias.delete()


def owner_elsewhere(article: Article) -> Source | None:
    """Return the source to which the article's site leads, where that is another one than its own."""
    if not article.site:
        return None
    alias = (
        SourceAlias.objects.filter(key=article.site).exclude(source=article.source_id).select_related("source").first()
    )
    return alias.source if alias else None


def twins(article: Article) -> QuerySet[Article]:
    """Return other articles of the same source with the same text: from before their spellings were one, or a merge."""
    same = Article.objects.filter(source=article.source_id, text_hash=article.text_hash).exclude(pk=article.pk)
    return (same if article.text_hash else same.none()).only("title").order_by("pk")


def possible_duplicates(source: Source) -> QuerySet[Source]:
    """Return the sources whose names look like this one's: other spellings of it, or others that pose as it."""
    alike = (
        Source.objects.filter(skeleton=source.skeleton, merged_into=None) if source.skeleton else Source.objects.none()
    )
    return alike.exclude(pk=source.pk)


def _locked(source_id: int, target_id: int) -> tuple[Source, Source]:
    if source_id == target_id:
        raise SourceError("A source cannot be merged with itself.")
    rows = Source.objects.select_for_update(of=("self",)).filter(pk__in=(source_id, target_id)).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) < 2:
        raise SourceError("There is no such source.", field="target")
    return found[source_id], found[target_id]


def _move(done: SourceMerge, to: Source) -> None:
    """Move what a merge names from one of its two sources to the other, and have what it states scored again."""
    leaving = done.target_id if to.pk == done.source_id else done.source_id
    moved = Article.objects.filter(pk__in=done.articles, source_id=leaving)
    claims = list(
        Claim.objects.filter(mentions__article__in=moved.values("pk")).distinct().values_list("pk", flat=True)
    )
    SourceAlias.objects.filter(pk__in=done.aliases, source_id=leaving).update(source=to)
    moved.update(source=to)
    standing.outdate(claims)
