"""The outlet that is named wins; a site is learned only where a publisher's own site says so; a conflict is shown."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from claims.engine.agreement.provenance.names import outlet
from claims.models import Article, Platform, Source, SourceAlias
from claims.querysets import articles_for_desk
from claims.services.ingest import Ingested, NewArticle, ingest
from claims.services.outlets import ensure_platforms, fits
from reviews.people import ensure_groups

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

_numbers = count()


@pytest.fixture(autouse=True)
def _platforms(db: None) -> None:
    ensure_platforms()


def at_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def take(source: str = "", url: str = "", **more: object) -> Article:
    text = f"The lighthouse at Weir was lit on day {next(_numbers)}, the harbour master said."
    return ingest(NewArticle(**{"text": text, "source": source, "url": url, **more})).article


PLATFORMS = [
    "https://news.yahoo.com/{}.html",
    "https://uk.finance.yahoo.com/{}",
    "https://www.yahoo.co.jp/{}",
    "https://www.msn.com/en-us/{}",
    "https://apple.news/A{}",
    "https://news.google.com/rss/articles/{}",
    "https://www.google.com/amp/s/www.weirherald.co.uk/{}",
    "https://medium.com/@someone/{}",
    "https://substack.com/home/post/p-{}",
    "https://wordpress.com/read/{}",
    "https://web.archive.org/web/2020/https://www.weirherald.co.uk/{}",
    "https://archive.ph/{}",
    "https://www-weirherald-co-uk.cdn.ampproject.org/c/s/{}",
    "https://webcache.googleusercontent.com/search?q=cache:{}",
    "https://feeds.feedburner.com/~r/{}",
    "https://mailchi.mp/{}/letter",
    "https://www.prnewswire.com/news-releases/{}.html",
    "https://x.com/weir/status/{}",
    "https://www.facebook.com/weir/posts/{}",
    "https://t.me/weir/{}",
    "https://bit.ly/{}",
    "https://t.co/{}",
    "https://github.io/{}",
    "http://192.0.2.7:8080/{}",
    "http://[2001:db8::7]/{}",
]


@pytest.mark.parametrize("address", PLATFORMS)
def test_two_outlets_on_one_platform_stay_two_and_neither_learns_it(address: str) -> None:
    herald, post = take("Weir Herald", address.format(1)), take("Aldham Post", address.format(2))
    assert (herald.source.name, post.source.name) == ("Weir Herald", "Aldham Post")
    assert (herald.source.domain, post.source.domain, herald.site) == ("", "", "")
    assert not SourceAlias.objects.filter(kind="site").exists()


@pytest.mark.parametrize("address", PLATFORMS)
def test_articles_on_a_platform_of_which_no_outlet_is_named_are_one_voice_and_no_outlets(address: str) -> None:
    named = take("Weir Herald", address.format(0))
    one, other = take(url=address.format(1)), take(url=address.format(2))
    assert one.source == other.source != named.source
    assert one.source.name.startswith("Unknown outlet")
    assert one.source.domain == ""


def test_two_articles_of_which_nothing_is_known_are_not_of_one_outlet() -> None:
    assert take().source != take().source


@pytest.mark.parametrize(
    "host", ["anna.substack.com", "anna.wordpress.com", "anna.blogspot.com", "anna.github.io", "anna.tumblr.com"]
)
def test_two_sites_below_a_platform_of_which_nobody_gives_the_name_are_two_voices(host: str) -> None:
    anna, bert = take(url=f"https://{host}/1").source, take(url=f"https://{host.replace('anna', 'bert')}/2").source
    assert outlet(anna.key) != outlet(bert.key)
    assert take(url=f"https://www.{host}/3").source == take(host).source == anna
    assert (anna.name, anna.domain) == (host, host)


@pytest.mark.parametrize(
    "host",
    ["anna.substack.com", "anna.wordpress.com", "anna.blogspot.com", "anna.github.io", "anna.tumblr.com"],
)
def test_a_site_of_its_own_below_a_platform_is_learned_and_its_neighbour_is_another(host: str) -> None:
    anna = take("Anna's Letter", f"https://{host}/p/1")
    assert take(url=f"https://{host}/p/2").source == anna.source
    assert take(url=f"https://{host.replace('anna', 'bert')}/p/3").source != anna.source


@pytest.mark.parametrize(
    "address",
    [
        "https://www.weirherald.co.uk/2",
        "http://m.weirherald.co.uk/2",
        "https://feeds.weirherald.co.uk:8443/rss?id=2",
        "https://WWW.WEIRHERALD.CO.UK./2",
        "https://amp.news.weirherald.co.uk/2",
        "https://ｗｅｉｒｈｅｒａｌｄ.co.uk/2",
    ],
)
def test_a_publishers_own_site_is_known_by_every_host_of_it(address: str) -> None:
    herald = take("Weir Herald", "https://weirherald.co.uk/1")
    assert take(url=address).source == herald.source


def test_an_international_host_is_one_however_it_is_written() -> None:
    paper = take("Tageblatt Würm", "https://tageblatt-würm.de/1")
    ascii_host = "www.tageblatt-würm.de".encode("idna").decode()
    assert take(url=f"https://{ascii_host}/2").source == paper.source
    assert take(url="https://tageblatt-wurm.de/2").source != paper.source


def test_a_name_is_not_overridden_by_the_site_of_another_and_the_conflict_is_shown(rex: User) -> None:
    herald = take("Weir Herald", "https://weirherald.co.uk/1")
    guest = take("Associated Press", "https://weirherald.co.uk/2")
    assert (guest.source.name, guest.source.domain) == ("Associated Press", "")
    shown = articles_for_desk().get(pk=guest.pk)
    assert shown.site_of == "Weir Herald"
    assert articles_for_desk().get(pk=herald.pk).site_of is None
    page = at_desk(rex).get(reverse("admin:claims_article_change", args=[guest.pk])).content.decode()
    assert "which leads to" in page
    assert "Weir Herald" in page
    listed = at_desk(rex).get(reverse("admin:claims_article_changelist"), {"address": "other"})
    assert [a.pk for a in listed.context["cl"].result_list] == [guest.pk]


def test_an_agency_named_on_a_members_site_does_not_take_it() -> None:
    wired = take("Reuters", "https://www.kestrelfm.com/1")
    assert (wired.source.name, wired.source.domain) == ("Reuters", "")
    station = take("Kestrel FM", "https://www.kestrelfm.com/2")
    assert (station.source.name, station.source.domain) == ("Kestrel FM", "kestrelfm.com")
    assert take(url="https://kestrelfm.com/3").source == station.source


def test_a_site_that_was_met_alone_takes_the_name_that_fits_it_and_no_other() -> None:
    alone = take(url="https://weirherald.co.uk/1")
    assert alone.source.name == "weirherald.co.uk"
    assert take("Associated Press", "https://weirherald.co.uk/2").source != alone.source
    named = take("Weir Herald", "https://weirherald.co.uk/3")
    assert (named.source, named.source.name) == (alone.source, "Weir Herald")
    assert take("weir herald").source == alone.source


def test_a_source_may_be_named_by_its_site() -> None:
    one = take("weirherald.co.uk")
    assert take(url="https://www.weirherald.co.uk/1").source == one.source
    assert take("https://www.weirherald.co.uk/", "https://news.yahoo.com/1").source == one.source
    assert take("Weir Herald", "https://www.weirherald.co.uk/2").source == one.source


def test_a_platform_that_is_named_as_the_source_is_that_source() -> None:
    assert take("news.yahoo.com").source == take("News.Yahoo.com", "https://news.yahoo.com/1").source
    assert take("Yahoo News", "https://news.yahoo.com/2").source.name == "Yahoo News"


def test_an_outlet_has_a_second_site_where_it_fits_the_name_and_else_it_is_left_to_an_editor() -> None:
    first = take("Metro Times", "https://metrotimes.co.uk/1")
    assert take("Metro Times", "https://metrotimes.com/1").source == first.source
    assert take(url="https://metrotimes.com/2").source == first.source
    assert take("Metro Times", "https://cityprints.com/1").source == first.source
    assert take(url="https://cityprints.com/2").source != first.source
    first.source.refresh_from_db()
    assert first.source.domain == "metrotimes.co.uk"


@pytest.mark.parametrize(
    "spelt",
    [
        "WEIR HERALD",
        "Weir  Herald",
        "Ｗｅｉｒ Ｈｅｒａｌｄ",
        "We\u200bir Her\u00adald",
        "\ufeffWeir\u00a0Herald\u2028",
        "Weir\u2003Herald\u202c",
    ],
)
def test_a_name_is_one_however_it_is_spelt(spelt: str) -> None:
    assert take(spelt).source == take("Weir Herald").source
    assert Source.objects.filter(name__contains="\u200b").count() == 0


def test_composed_and_decomposed_are_one() -> None:
    assert take("L'Écho d’Orsée").source == take("l’E\u0301cho d'Orse\u0301e").source
    assert Source.objects.count() == 1


def test_a_name_of_another_alphabet_is_another_source_that_is_shown_to_look_alike(rex: User) -> None:
    real, posing = take("Weir Post").source, take("Weir Рost").source
    assert real != posing
    page = at_desk(rex).get(reverse("admin:claims_source_change", args=[posing.pk])).content.decode()
    assert "Possible duplicates" in page
    assert "mixes letters of two alphabets" in page
    listed = at_desk(rex).get(reverse("admin:claims_source_changelist"), {"alike": "yes"})
    assert {s.pk for s in listed.context["cl"].result_list} == {real.pk, posing.pk}


@pytest.mark.parametrize(
    "other",
    [
        "The lighthouse is lit.\n\nIt was “lit” on Monday.",
        'THE LIGHTHOUSE IS LIT. IT WAS "LIT" ON MONDAY.',
        "The light\u00adhouse is\u00a0lit. It was „lit” on Mon\u200bday.",
    ],
)
def test_one_text_is_one_article_however_it_is_spelt(other: str) -> None:
    first = ingest(NewArticle(text='The lighthouse is lit. It was "lit" on Monday.', source="Weir Herald"))
    assert ingest(NewArticle(text=other, source="Weir Herald")).article == first.article


def again(**more: object) -> Ingested:
    return ingest(NewArticle(text="The lighthouse is lit.", source="Weir Herald", **more))


def test_what_comes_with_a_known_text_is_taken_where_there_was_nothing_and_else_refused_by_name() -> None:
    again(title="Lit")
    result = again(title="Lit again", url="https://weirherald.co.uk/1", language="en")
    assert result.taken == ("url", "language")
    assert result.kept == (("title", "Lit"),)
    article = Article.objects.get()
    assert (article.url, article.site, article.language, article.title) == (
        "https://weirherald.co.uk/1",
        "weirherald.co.uk",
        "en",
        "Lit",
    )
    assert again(title="Lit", url="https://weirherald.co.uk/1") == Ingested(article, created=False)


def test_the_api_says_what_became_of_it(api: Callable[[User | None], APIClient], ingo: User) -> None:
    body = {"text": "The lighthouse is lit.", "source": "Weir Herald", "title": "Lit"}
    address = "/api/v1/articles/"
    assert api(ingo).post(address, body).status_code == 201
    answer = api(ingo).post(address, {**body, "title": "Dark", "published": "2025-03-01"})
    assert (answer.status_code, answer.json()["taken"], answer.json()["kept"]) == (200, ["published"], {"title": "Lit"})


def test_an_editor_adds_a_platform_and_what_was_learned_there_leads_to_nobody(ada: User, rex: User) -> None:
    ensure_groups()
    take("Weir Herald", "https://pressring.net/1")
    address = reverse("admin:claims_platform_add")
    assert at_desk(rex).post(address, {"domain": "pressring.net", "kind": "aggregator"}).status_code == 403
    assert at_desk(ada).post(address, {"domain": "HTTPS://PressRing.net/", "kind": "aggregator"}).status_code == 302
    assert Platform.objects.filter(domain="pressring.net").exists()
    assert take("Aldham Post", "https://www.pressring.net/2").source.domain == ""
    assert take(url="https://pressring.net/3").source.name.startswith("Unknown")
    assert take("Weir Herald").source.domain == ""


@pytest.mark.parametrize("domain", ["co.uk", "com", "*", "", "not a domain", "a..b", "co.*.uk"])
def test_a_platform_is_a_domain(ada: User, domain: str) -> None:
    ensure_groups()
    before = Platform.objects.count()
    assert (
        at_desk(ada).post(reverse("admin:claims_platform_add"), {"domain": domain, "kind": "cache"}).status_code == 200
    )
    assert Platform.objects.count() == before


@pytest.mark.parametrize(
    ("name", "site"),
    [
        ("BBC News", "bbc.co.uk"),
        ("The Weir Herald", "weirherald.com"),
        ("Weir Allgemeine Zeitung", "waz.example"),
        ("Agence France-Presse", "afp.com"),
    ],
)
def test_a_name_fits_its_site(name: str, site: str) -> None:
    assert fits(name, site)


@pytest.mark.parametrize(
    ("name", "site"),
    [
        ("Reuters", "kestrelfm.com"),
        ("Post", "washingtonpost.com"),
        ("", "bbc.co.uk"),
        ("A", "a.com"),
        ("News", "newsweek.com"),
    ],
)
def test_a_name_that_says_something_else_does_not(name: str, site: str) -> None:
    assert not fits(name, site)
