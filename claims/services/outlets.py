"""Whose an article is: the outlet that is named, else the one whose own site it stands on, else nobody known.

A name that is given is never overridden. A site is learned only where a name is given with an address on a publisher's
own site: not on a platform, an aggregator, an archive, a shortener (``Platform``), and not on a public suffix.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import idna
from tldextract import TLDExtract

from claims.engine import names
from claims.engine.agreement.provenance.names import agency, outlet
from claims.models import Article, Platform, Source, SourceAlias

NAME_LENGTH = 200
STARTER = Path(__file__).parents[1] / "data" / "platforms.csv"
"""Platforms that every desk starts with; an editor can add others, and take them out."""

GENERIC = frozenset(
    ("www", "m", "mobile", "amp", "open", "app", "news", "feeds", "rss", "blog", "static", "cdn", "api")
)
"""What stands before the domain of a platform without being one of the sites on it."""

_suffixes = TLDExtract(suffix_list_urls=(), cache_dir=None)
"""The public suffix list that comes with the package: nothing is fetched."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose an article is, and on which publisher's own site it stands ("" for none)."""

    source: Source
    site: str


def attribute(given: str, url: str, fallback: str, found: str = "") -> Attribution:
    """Find or make the source of an article: by the name, else by the site of the address, else one of its own.

    ``given`` is what whoever sends the article calls it; ``found`` is a name out of the article itself, which counts
    where the address says nothing or the same. ``fallback`` tells articles apart of which nothing is known, not even an
    address: two unknown outlets are not one.
    """
    host = host_of(url)
    named_host = _host_in_name(given)
    platforms = platforms_of((named_host, host))
    site, named_site = site_of(host, platforms), site_of(named_host, platforms)
    name = named_site or _shown(given) or (_shown(found) if not site or fits(found, site) else "")
    nobody = _nobody(host, platforms, fallback)
    wanted = named_site or names.key(name) or site or nobody.key
    known = _known({wanted, site})
    source, owner = known.get(wanted), known.get(site)
    if source is None and owner is not None and fits(name, site) and not _has_name(owner):
        source = _call(owner, name)
    if source is None:
        source = _make(wanted, name or site or nobody.name, site if wanted == site else named_site)
    source = held(source)
    if site and owner is None and name and _is_its_own(source, name, site):
        learn_site(source, site)
    return Attribution(source, site)


def fits(name: str, site: str) -> bool:
    """Return whether a name and a site name each other: "Aldham Post" and aldhampost.example, "BBC" and bbc.co.uk."""
    if agency(name) and agency(name) == agency(site):
        return True
    one, other = sorted((outlet(name), outlet(site)), key=len)
    initials = "".join(word[0] for word in names.bare(name).split())
    return (len(one) > 2 and one in other and 2 * len(one) > len(other)) or (
        len(initials) > 1 and initials == outlet(site)
    )


def _is_its_own(source: Source, name: str, site: str) -> bool:
    """Return whether a site may be learned as that of a source named with it: where the two fit, or as its first.

    What an agency writes stands on the sites of others, and so may what anybody writes that others have published on.
    """
    if fits(name, site):
        return True
    if source.domain not in ("", site):
        return False
    return not agency(name) and not Article.objects.filter(site=site).exclude(source=source).exists()


def host_of(address: str) -> str:
    """Return the host of a URL, or of a bare host, in ASCII and lower case; "" where there is none."""
    address = names.clean(address)
    try:
        host = urlsplit(address if "://" in address else f"//{address}").hostname or ""
        if ":" in host:  # an address of IPv6
            return host.lower()
        return idna.encode(host.rstrip("."), uts46=True).decode("ascii").lower() if host else ""
    except ValueError:  # of urlsplit, and idna.IDNAError
        return ""


def site_of(host: str, platforms: Collection[Platform]) -> str:
    """Return the registered domain of the publisher whose own site a host is; "" for platforms and bare machines.

    Private suffixes count: "anna.github.io" is a site, "github.io" is none.
    """
    platform = _platform_of(host, platforms)
    if platform is None:
        return _registered(host, private=True)[:NAME_LENGTH]
    top = _registered(host) if platform.domain.endswith(".*") else platform.domain
    label = host.removesuffix(top).rstrip(".").rpartition(".")[2]
    return f"{label}.{top}"[:NAME_LENGTH] if platform.own_subdomains and label and label not in GENERIC else ""


def _platform_of(host: str, platforms: Collection[Platform]) -> Platform | None:
    return max((p for p in platforms if _below(host, p.domain)), key=lambda p: len(p.domain), default=None)


def _nobody(host: str, platforms: Collection[Platform], fallback: str) -> Source:
    """Return, unsaved, who stands for an outlet that nobody names: one for each platform, else one for each article.

    Two articles on one platform may be of one outlet: they are not taken for two witnesses.
    """
    if not host:
        return Source(key=f"unknown-{fallback[:12]}", name=f"Unknown outlet {fallback[:6]}")
    platform = _platform_of(host, platforms)
    place = platform.domain.removesuffix(".*") if platform else host
    return Source(key=f"unknown on {place}"[:NAME_LENGTH], name=f"Unknown outlets on {place}"[:NAME_LENGTH])


def is_registered(host: str) -> bool:
    """Return whether a host is a registered domain or below one: "co.uk" is not."""
    return bool(_registered(host))


def _registered(host: str, *, private: bool = False) -> str:
    """Return the domain that somebody has registered; an ending that the list does not know counts as one label."""
    found = _suffixes(host, include_psl_private_domains=private)
    if found.suffix or found.ipv4 or found.ipv6 or "." not in host or host.rpartition(".")[2].isdecimal():
        return str(found.top_domain_under_public_suffix)
    return ".".join(host.rsplit(".", 2)[-2:])


def site_in(address: str) -> str:
    """Return the publisher's own site that an address stands on, or ""."""
    host = host_of(address)
    return site_of(host, platforms_of((host,)))


def learn_site(source: Source, site: str) -> None:
    """Let the site lead to the source, unless it leads to another one; the first is its main one."""
    alias, _ = SourceAlias.objects.get_or_create(key=site, defaults={"source": source, "kind": SourceAlias.Kind.SITE})
    if alias.source_id == source.pk and not source.domain:
        Source.objects.filter(pk=source.pk, domain="").update(domain=site)
        source.domain = site


def held(source: Source) -> Source:
    """Return the source, or the one it was merged into, locked: nobody merges it while an article comes in."""
    row = Source.objects.select_for_update(of=("self",), no_key=True).get(pk=source.pk)
    return held(Source(pk=row.merged_into_id)) if row.merged_into_id is not None else row


def ensure_platforms(platform_model: type[Platform] = Platform) -> None:
    """Write down the platforms that every desk starts with, but for those that are there."""
    with STARTER.open(encoding="utf-8", newline="") as rows:
        platforms = [
            platform_model(domain=row["domain"], kind=row["kind"], own_subdomains=row["own_subdomains"] == "yes")
            for row in csv.DictReader(rows)
        ]
    platform_model.objects.bulk_create(platforms, ignore_conflicts=True)


def _host_in_name(name: str) -> str:
    """Return the host that is given for a name ("www.aldhampost.example", or its address), or ""."""
    if " " in name or "." not in name:
        return ""
    host = host_of(name)
    found = _suffixes(host)
    return host if len(found.domain) > 1 and found.suffix else ""


def platforms_of(hosts: Iterable[str]) -> list[Platform]:
    """Return the platforms that the hosts may belong to, in one query."""
    keys = {key for host in hosts if host for key in keys_of(host)}
    return list(Platform.objects.filter(domain__in=keys)) if keys else []


def keys_of(host: str) -> Iterable[str]:
    """Yield every domain under which a platform may hold this host."""
    labels = host.split(".")
    yield from (".".join(labels[at:]) for at in range(len(labels)))
    yield f"{_suffixes(host).domain}.*"


def _below(host: str, domain: str) -> bool:
    return domain in keys_of(host)


def _known(keys: Collection[str]) -> dict[str, Source]:
    rows = SourceAlias.objects.filter(key__in=[key for key in keys if key]).select_related("source")
    return {row.key: row.source for row in rows}


def _has_name(source: Source) -> bool:
    return source.aliases.filter(kind=SourceAlias.Kind.NAME).exists()


def _shown(name: str) -> str:
    return names.clean(name)[:NAME_LENGTH].strip()


def _call(source: Source, name: str) -> Source:
    """Give a source its name that was known by its site alone."""
    key, kind = names.key(name), SourceAlias.Kind.NAME
    alias, _ = SourceAlias.objects.get_or_create(key=key, defaults={"source": source, "kind": kind})
    if alias.source_id == source.pk:
        source.name = name
        source.save(update_fields=["name", "folded", "skeleton"])
    return alias.source


def _engine_key(key: str) -> str:
    """Return what the engine calls a source; a site below a platform so that its neighbours are not taken for it.

    The engine takes "example.co.uk" and "Example" for one by the label of the domain, which is the platform's there.
    """
    top = _registered(key)
    return f"{key.removesuffix(f'.{top}')} on {top}"[:NAME_LENGTH] if top and key != top else key


def _make(key: str, name: str, site: str) -> Source:
    """Return the source of this key, made where it is missing, which its key leads to."""
    own = _engine_key(key) if site else key
    source, _ = Source.objects.get_or_create(key=own, defaults={"name": name, "domain": site})
    kind = SourceAlias.Kind.SITE if site else SourceAlias.Kind.NAME
    alias, _ = SourceAlias.objects.get_or_create(key=key, defaults={"source": source, "kind": kind})
    return alias.source
