"""provenance.affiliations: whom a person speaks for is known for a whole story, as soon as one article says it."""

from __future__ import annotations

from claims.engine.agreement.provenance.affiliations import affiliated, affiliations, lacking
from claims.engine.types import Evidence, Speaker, SpeakerKind

FULL = Speaker("Mara Quill", "Mara Quill", SpeakerKind.PERSON, "Orr Water")
BARE = Speaker("Quill", "Mara Quill", SpeakerKind.PERSON)
OTHER = Speaker("Mara Quill", "Mara Quill", SpeakerKind.PERSON, "Pell Council")
WORKS = Speaker("Orr Water", "Orr Water", SpeakerKind.BODY, "Orr Water")


def said(name: str, speaker: Speaker) -> Evidence:
    return Evidence(name, name, f"outlet-{name}", "the pipes were inspected in March", speaker)


def test_a_person_speaks_for_the_organisation_that_another_article_of_the_story_gives() -> None:
    known = affiliations([FULL, BARE, WORKS])
    assert [e.speaker.organisation for e in affiliated([said("a", BARE), said("b", WORKS)], known)] == [
        "Orr Water",
        "Orr Water",
    ]


def test_what_an_article_says_itself_stands() -> None:
    [item] = affiliated([said("a", OTHER)], {"mara quill": "Orr Water"})
    assert item.speaker.organisation == "Pell Council"


def test_a_person_of_whom_two_articles_say_two_things_speaks_for_nobody() -> None:
    assert affiliations([FULL, OTHER]) == {}


def test_only_people_of_whom_no_article_of_the_claim_says_it_are_looked_up() -> None:
    assert lacking([said("a", BARE), said("b", WORKS)]) == {"Mara Quill"}
    assert lacking([said("a", BARE), said("b", FULL)]) == set()
