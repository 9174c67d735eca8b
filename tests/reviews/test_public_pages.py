"""The pages for readers: no sign-in, the same for everybody, and nothing that the desk has not approved."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from claims.models import Claim
from reviews.models import Imprint, Publication
from reviews.publishing.views import PAGE
from reviews.services import Order, act
from reviews.services.publishing import Words, correct, publish, withdraw
from reviews.workflow import Action
from tests.reviews.published import LINK, decided, editor, published

pytestmark = pytest.mark.django_db

MARKUP = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def reopen(publication: Publication) -> None:
    act(
        publication.review.claim_id,
        User.objects.get(username="rita"),
        Order(Action.REOPEN, reason="A page is missing."),
    )


def test_a_check_shows_the_rating_in_words_the_claim_the_reasons_the_evidence_and_the_origins(client: Client) -> None:
    publication = published()
    shown = page(client, f"/checks/{publication.pk}/")
    for words in (
        "Corroborated", "155 divers were hired from abroad.", "Neither relays the other.", "Ines Marrow",
        "3 independent origins behind 5 articles", 'href="https://harbour.example/1"',
        "records.example/ledger?page=2&amp;x=1",
    ):  # fmt: skip
        assert words in shown
    for secret in ("rita", "vera", "0.57", "machine suggests", "csrf"):
        assert secret not in shown


@pytest.mark.parametrize("path", ["", "about/", "feed.atom", "claimreview.json", "1/", "/sitemap.xml", "/robots.txt"])
def test_every_page_is_for_everybody_and_may_be_kept(path: str, client: Client, ada: User) -> None:
    path = path if path.startswith("/") else f"/checks/{path.replace('1/', f'{published().pk}/')}"
    client.force_login(ada)
    answer = client.get(path)
    assert answer.status_code == 200
    assert (answer["Cache-Control"], answer.cookies) == ("public, max-age=300", {})
    assert "cookie" not in answer.headers.get("Vary", "").lower()
    assert answer.content == Client().get(path).content
    assert Client().get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.post(path).status_code == 405


def test_a_page_asks_for_no_script_and_nothing_from_elsewhere(client: Client) -> None:
    shown = page(client, f"/checks/{published().pk}/")
    assert re.findall(r"<script(?! type=\"application/ld\+json\")|<iframe|<img|<style|@import", shown) == []
    loaded = re.findall(r'<link rel="(?:stylesheet|icon)" href="([^"]+)"', shown)
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)


@pytest.mark.parametrize("path", ["/checks/999999/", "/checks/0/", "/checks/x/", "/checks/99999999999999999999999/"])
def test_what_was_never_published_is_not_found(path: str, client: Client) -> None:
    page(client, path, 404)


def test_a_decided_claim_is_no_page_until_it_is_published(client: Client) -> None:
    review = decided()
    page(client, f"/checks/{review.pk}/", 404)
    page(client, f"/checks/{review.claim_id}/", 404)
    assert "divers" not in page(client, "/checks/")
    assert "divers" not in page(client, "/checks/feed.atom")


def test_a_correction_is_told_at_the_top_and_the_version_before_stays_to_be_seen(client: Client) -> None:
    publication = published()
    correct(publication.review.claim_id, editor(), Words(summary="One book says so.", why="A book was lost."))
    shown = page(client, f"/checks/{publication.pk}/")
    assert shown.index("A book was lost.") < shown.index("<h1>")
    assert "Neither relays" not in shown
    old = page(client, f"/checks/{publication.pk}/1/")
    assert "Neither relays" in old
    assert 'name="robots" content="noindex"' in old
    assert f'rel="canonical" href="http://127.0.0.1:8000/checks/{publication.pk}/"' in old
    assert MARKUP.search(old) is None
    page(client, f"/checks/{publication.pk}/3/", 404)


def test_what_was_withdrawn_is_gone_but_for_why(client: Client) -> None:
    publication = published()
    correct(publication.review.claim_id, editor(), Words(why="A book was lost."))
    withdraw(publication.review.claim_id, editor(), Words(why="The ledger was forged."))
    for below in ("", "1/", "2/"):
        shown = page(client, f"/checks/{publication.pk}/{below}", 410)
        assert "The ledger was forged." in shown
        assert "divers" not in shown
        assert MARKUP.search(shown) is None
    for path in ("/checks/", "/checks/feed.atom", "/checks/claimreview.json", "/checks/?q=divers"):
        assert "155 divers" not in page(client, path)
    assert f"/checks/{publication.pk}/" not in page(client, "/sitemap.xml")


def test_a_verdict_that_was_reopened_says_so_and_is_rated_no_more(client: Client) -> None:
    publication = published()
    reopen(publication)
    shown = page(client, f"/checks/{publication.pk}/")
    assert "looking at this claim again" in shown
    assert MARKUP.search(shown) is None
    assert json.loads(page(client, "/checks/claimreview.json"))["dataFeedElement"] == []


def test_so_it_is_where_the_claim_was_merged_into_another(client: Client) -> None:
    publication = published()
    other = decided(text="163 divers were hired.").claim
    Claim.objects.filter(pk=publication.review.claim_id).update(merged_into=other)
    assert MARKUP.search(page(client, f"/checks/{publication.pk}/")) is None


def test_what_people_wrote_ends_no_element(client: Client) -> None:
    claim = decided(text="He said </script><script>alert(1)</script> & \u2028 left.").claim_id
    publication = publish(claim, editor(), Words(headline="<b>Bold</b>", summary="<img src=x onerror=alert(1)>"))
    shown = page(client, f"/checks/{publication.pk}/")
    assert "<script>alert" not in shown
    assert "<b>Bold" not in shown
    assert "<img" not in shown
    (markup,) = MARKUP.findall(shown)
    assert json.loads(markup)["claimReviewed"] == "He said </script><script>alert(1)</script> & \u2028 left."


def test_the_index_is_searched_by_words_and_rating(client: Client) -> None:
    first = published()
    second = published("refuted", "The pier was sold to a king.")
    assert page(client, "/checks/").index("pier") < page(client, "/checks/").index("155 divers")
    assert f"/checks/{first.pk}/" not in page(client, "/checks/?q=PIER+king")
    assert f"/checks/{second.pk}/" in page(client, "/checks/?q=PIER+king")
    assert f"/checks/{first.pk}/" not in page(client, "/checks/?verdict=refuted")
    assert "No check holds these words" in page(client, "/checks/?q=pier+divers")
    assert "<b>" not in page(client, "/checks/?q=<b>x</b>%00&verdict=<i>&before=x")


def test_older_checks_are_a_page_further(client: Client) -> None:
    numbers = {published(text=f"{n} ferries were late.").pk for n in range(PAGE + 2)}
    first = page(client, "/checks/")
    following = re.search(r"before=(\d+)", first)
    assert following is not None
    second = page(client, f"/checks/?before={following[1]}")
    seen = [int(n) for n in re.findall(r'href="/checks/(\d+)/"', first + second)]
    assert (len(seen), set(seen)) == (PAGE + 2, numbers)
    assert "before=" not in second


def test_the_number_of_queries_is_pinned(client: Client, django_assert_num_queries) -> None:
    publication = published()
    published("refuted", "The pier was sold to a king.")
    for path, number in (
        ("/checks/", 2), (f"/checks/{publication.pk}/", 3), ("/checks/feed.atom", 2), ("/checks/claimreview.json", 2),
        ("/sitemap.xml", 1), ("/checks/about/", 1),
    ):  # fmt: skip
        with django_assert_num_queries(number):
            page(client, path)


def test_the_page_on_the_desk_is_in_the_editors_words(client: Client) -> None:
    assert "count as one origin" in page(client, "/checks/about/")
    Imprint.objects.update_or_create(
        pk=1, defaults={"name": "Aldham Checks", "methods": "We ask twice.\n\n<i>Always</i>."}
    )
    shown = page(client, "/checks/about/")
    assert "We ask twice." in shown
    assert "&lt;i&gt;Always" in shown
    assert "Aldham Checks" in page(client, "/checks/")


def test_an_editor_writes_them_on_the_desk_and_nobody_else(ada: User, rex: User) -> None:
    Imprint.objects.update_or_create(pk=1, defaults={"name": "Verifier"})
    words = {
        "name": "Aldham Checks",
        "contact": "desk@aldham.example",
        "about": "a",
        "methods": "m",
        "corrections": "c",
    }
    address = "/admin/reviews/imprint/1/change/"
    for person, allowed in ((rex, False), (ada, True)):
        client = Client()
        client.force_login(person)
        assert client.get(address).status_code == 200
        assert client.post(address, words).status_code == (302 if allowed else 403)
        assert Imprint.objects.get().name == ("Aldham Checks" if allowed else "Verifier")


def test_the_atom_feed_has_what_the_format_asks_for(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://desk.example.org"
    first = published()
    correct(first.review.claim_id, editor(), Words(why="A book was lost."))
    root = ElementTree.fromstring(client.get("/checks/feed.atom").content)  # noqa: S314  our own
    for name in ("id", "title", "updated", "author/a:name"):
        assert root.find(f"a:{name}", ATOM) is not None, name
    assert {link.get("rel") for link in root.findall("a:link", ATOM)} == {"alternate", "self"}
    (entry,) = root.findall("a:entry", ATOM)
    address = f"https://desk.example.org/checks/{first.pk}/"
    assert entry.findtext("a:id", namespaces=ATOM) == address
    assert entry.findtext("a:title", namespaces=ATOM) == "Corroborated: 155 divers were hired from abroad."
    updated, was = (entry.findtext(f"a:{name}", namespaces=ATOM) for name in ("updated", "published"))
    assert updated is not None
    assert was is not None
    assert updated >= was


def test_the_sitemap_names_every_public_address_and_no_other(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://desk.example.org"
    one, gone = published(), published(text="The pier was sold.")
    withdraw(gone.review.claim_id, editor(), Words(why="It was not."))
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314  our own
    found = [loc.text for loc in root.findall("s:url/s:loc", MAP)]
    assert found == [f"https://desk.example.org/checks/{below}" for below in ("", "about/", f"{one.pk}/")]
    assert "Sitemap: https://desk.example.org/sitemap.xml" in page(client, "/robots.txt")
    assert "Disallow: /admin/" in page(client, "/robots.txt")


def test_evidence_links_leave_without_telling_where_from(client: Client) -> None:
    shown = page(client, f"/checks/{published().pk}/")
    assert LINK.replace("&", "&amp;") in shown
    outside = re.findall(r'<a href="https?://[^"]+"([^>]*)>', shown)
    assert outside
    assert all("noopener noreferrer" in rest for rest in outside)
