"""Editors rename sources and merge two that are one: both names and sites stay, and the score follows."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from claims.errors import SourceError
from claims.models import Article, Claim, Source, SourceAlias, SourceMerge
from claims.services import sources
from claims.services.ingest import NewArticle, ingest
from claims.services.inline import process
from claims.services.scoring import score
from tests.claims.newsroom import live

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

HERALD = "The ferry Albatross ran aground on the Kestrel reef in thick fog on Monday and 14 people were hurt."
GAZETTE = "In thick fog the ferry Albatross ran aground on the Kestrel reef on Monday; 14 people were hurt."


def at_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(source: Source) -> str:
    return reverse("admin:claims_source_change", args=[source.pk])


def take(source: str, url: str = "", text: str = HERALD) -> Article:
    return ingest(NewArticle(text=text, source=source, url=url)).article


def pair() -> tuple[Source, Source]:
    one = take("Weir Herald", "https://weirherald.co.uk/1").source
    return one, take("Weir Herald Online", "https://whonline.com/1", GAZETTE).source


def aliases(source: Source) -> set[str]:
    return set(source.aliases.values_list("key", flat=True))


def test_merged_sources_are_one_by_every_name_and_site(ada: User) -> None:
    herald, online = pair()
    sources.merge(online.pk, herald.pk, by=ada, why="The same newsroom.")
    herald.refresh_from_db()
    assert aliases(herald) == {"weir herald", "weir herald online", "weirherald.co.uk", "whonline.com"}
    assert (herald.domain, herald.articles.count(), online.articles.count()) == ("weirherald.co.uk", 2, 0)
    assert take("WEIR HERALD ONLINE", text="A third text.").source == herald
    assert take("", "https://www.whonline.com/4", "A fourth text.").source == herald


def test_a_text_known_to_the_merged_source_is_known_to_the_other(ada: User) -> None:
    herald, online = pair()
    article = online.articles.get()
    sources.merge(online.pk, herald.pk, by=ada, why="One.")
    again = ingest(NewArticle(text=GAZETTE.upper(), source="Weir Herald"))
    assert (again.created, again.article.pk, again.article.content_hash) == (False, article.pk, article.content_hash)


def test_undoing_gives_each_its_own_again(ada: User) -> None:
    herald, online = pair()
    done = sources.merge(online.pk, herald.pk, by=ada, why="One.")
    sources.undo_merge(done.pk, by=ada)
    for source, names in (
        (herald, {"weir herald", "weirherald.co.uk"}),
        (online, {"weir herald online", "whonline.com"}),
    ):
        source.refresh_from_db()
        assert (aliases(source), source.merged_into, source.articles.count()) == (names, None, 1)
    assert take("Weir Herald Online", text="A later text.").source == online
    with pytest.raises(SourceError, match="undone before"):
        sources.undo_merge(done.pk, by=ada)


def test_a_site_taken_over_goes_back_with_its_source(ada: User) -> None:
    nameless = take("", "https://weirherald.co.uk/1").source
    herald = take("Herald of Weir", text=GAZETTE).source
    done = sources.merge(nameless.pk, herald.pk, by=ada, why="One.")
    herald.refresh_from_db()
    assert herald.domain == "weirherald.co.uk"
    sources.undo_merge(done.pk, by=ada)
    herald.refresh_from_db()
    assert herald.domain == ""


def test_the_claims_of_a_merged_source_are_scored_as_of_one_outlet(ada: User) -> None:
    herald, online = pair()
    list(process())
    claim = max(live(), key=lambda one: one.mentions.count())
    assert {m.article.source_id for m in claim.mentions.select_related("article")} == {herald.pk, online.pk}
    before = claim.assessment.independent_origins
    version = Claim.objects.get(pk=claim.pk).evidence_version
    done = sources.merge(online.pk, herald.pk, by=ada, why="One.")
    assert Claim.objects.get(pk=claim.pk).evidence_version == version + 1
    assert score(claim.pk).independent_origins == 1 <= before
    sources.undo_merge(done.pk, by=ada)
    assert score(claim.pk).independent_origins == before


def test_what_comes_in_for_a_source_that_was_merged_goes_to_the_other(ada: User) -> None:
    herald, online = pair()
    sources.merge(online.pk, herald.pk, by=ada, why="One.")
    SourceAlias.objects.filter(key="weir herald online").update(source=online)  # as if it were read before the merge
    assert take("Weir Herald Online", text="A third text.").source == herald
    assert ingest(NewArticle(text="A fourth text."), publisher=online).article.source == herald


@pytest.mark.parametrize("why", ["", " \n"])
def test_a_merge_needs_a_reason(ada: User, why: str) -> None:
    herald, online = pair()
    with pytest.raises(SourceError, match="Say why"):
        sources.merge(online.pk, herald.pk, by=ada, why=why)


def test_a_source_is_not_merged_with_itself_or_twice_or_with_nothing(ada: User) -> None:
    herald, online = pair()
    third = take("Third", text="Third text.").source
    with pytest.raises(SourceError, match="itself"):
        sources.merge(herald.pk, herald.pk, by=ada, why="x")
    with pytest.raises(SourceError, match="no such source"):
        sources.merge(herald.pk, 10**9, by=ada, why="x")
    done = sources.merge(online.pk, herald.pk, by=ada, why="One.")
    with pytest.raises(SourceError, match="merged into another"):
        sources.merge(online.pk, third.pk, by=ada, why="x")
    with pytest.raises(SourceError, match="merged into another"):
        sources.merge(third.pk, online.pk, by=ada, why="x")
    sources.merge(herald.pk, third.pk, by=ada, why="And these.")
    with pytest.raises(SourceError, match="itself merged since"):
        sources.undo_merge(done.pk, by=ada)


def test_a_renamed_source_is_found_by_both_names() -> None:
    herald, _ = pair()
    sources.rename(herald.pk, "  The Ｗeir  Courier ", "weirherald.co.uk")
    herald.refresh_from_db()
    assert herald.name == "The Weir Courier"
    assert take("the weir courier", text="x y").source == take("Weir Herald", text="y z").source == herald


def test_a_second_site_leads_to_a_source_beside_the_first(ada: User) -> None:
    herald, _ = pair()
    sources.rename(herald.pk, herald.name, "https://www.weirherald.ie/")
    herald.refresh_from_db()
    assert herald.domain == "weirherald.ie"
    assert (
        take("", "https://weirherald.co.uk/9", "x y").source
        == take("", "https://weirherald.ie/9", "y z").source
        == herald
    )


@pytest.mark.parametrize("spelt", ["Weir Herald", "ＷＥＩＲ  herald", "We\u200bir Herald"])
def test_renaming_to_the_name_of_another_is_refused_by_its_name_and_offers_to_merge(ada: User, spelt: str) -> None:
    herald, online = pair()
    answer = at_desk(ada).post(page(online), {"name": spelt, "kind": "outlet", "domain": online.domain})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert f"is Weir Herald (source {herald.pk}): merge the two if they are one" in text
    assert "Merge this source into another" in text
    online.refresh_from_db()
    assert online.name == "Weir Herald Online"


@pytest.mark.parametrize(
    "site", ["weirherald.co.uk", "https://www.weirherald.co.uk/about", "news.yahoo.com", "co.uk", "nonsense"]
)
def test_the_site_of_another_or_of_nobody_is_refused(ada: User, site: str) -> None:
    _, online = pair()
    sources_before = SourceAlias.objects.count()
    answer = at_desk(ada).post(page(online), {"name": online.name, "kind": "outlet", "domain": site})
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert SourceAlias.objects.count() == sources_before


def test_an_editor_merges_on_the_page_and_undoes_it_there(ada: User) -> None:
    herald, online = pair()
    answer = at_desk(ada).post(page(online), {"merge": "1", "target": "weir HERALD", "why": "One newsroom."})
    assert (answer.status_code, answer["Location"]) == (302, page(herald))
    shown = at_desk(ada).get(page(herald)).content.decode()
    assert "Weir Herald Online was merged into this one by ada" in shown
    done = SourceMerge.objects.get()
    assert at_desk(ada).post(page(herald), {"undo": done.pk}).status_code == 302
    assert online.articles.count() == 1
    assert at_desk(ada).post(page(herald), {"undo": "junk"}).status_code == 302


@pytest.mark.parametrize(
    "given", [{"target": "nobody", "why": "x"}, {"target": "weir herald", "why": ""}, {"target": "", "why": "x"}]
)
def test_a_merge_that_cannot_be_comes_back_with_what_was_typed(ada: User, given: dict[str, str]) -> None:
    _, online = pair()
    answer = at_desk(ada).post(page(online), {"merge": "1", **given})
    assert answer.status_code == 200
    assert given["target"] in answer.content.decode()
    assert not SourceMerge.objects.exists()


def test_who_may_not_correct_a_source_does_not_merge_it(rex: User, sam: User) -> None:
    herald, online = pair()
    for person in (rex, sam):
        answer = at_desk(person).post(page(online), {"merge": "1", "target": str(herald.pk), "why": "x"})
        assert answer.status_code in (302, 403)
    assert not SourceMerge.objects.exists()


def test_a_merged_source_is_listed_no_more_and_found_by_its_id(api, rex: User, ada: User) -> None:
    herald, online = pair()
    sources.merge(online.pk, herald.pk, by=ada, why="One.")
    listed = api(rex).get("/api/v1/sources/").json()["results"]
    assert [one["id"] for one in listed] == [herald.pk]
    assert api(rex).get(f"/api/v1/sources/{online.pk}/").json()["merged_into"] == herald.pk
