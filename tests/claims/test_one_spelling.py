"""From the article to the score: one outlet is one source and one speaker one origin, however articles spell them."""

from __future__ import annotations

import unicodedata

import pytest

from claims.models import Claim, Mention, Source, Speaker
from claims.services.ingest import NewArticle, ingest
from claims.services.inline import process

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

NAME = "Zoë Łukasz"
SPELLINGS = [
    NAME,
    unicodedata.normalize("NFD", NAME),
    "Zo\u200bë Łu\u00adkasz",
    "Ｚｏë  Łukasz",
    "Zoë\u00a0\u2003Łukasz",
    "\u202aZoë Łukasz\u202c",
    "Zoe Lukasz",
]


def test_one_speaker_in_seven_spellings_is_one_row_and_one_origin() -> None:
    for number, name in enumerate(SPELLINGS):
        text = f"The flood at Weir drowned 40 sheep on Monday, {name} said. Report {number} ends here."
        ingest(NewArticle(text=text, source=f"Paper {number}"))
    list(process())
    [claim] = Claim.objects.filter(merged_into=None, text__contains="sheep")
    assert claim.mentions.count() == len(SPELLINGS)
    assert set(claim.mentions.values_list("speaker__canonical", flat=True)) == {"Zoe Lukasz"}
    assert claim.assessment is not None
    assert claim.assessment.independent_origins == 1
    assert Speaker.objects.filter(mentions__claim=claim).distinct().count() == 1


def test_one_outlet_in_five_spellings_is_no_second_witness() -> None:
    outlet = "L’Écho d’Orsée"
    spelt = [
        outlet,
        unicodedata.normalize("NFD", outlet),
        outlet.upper(),
        outlet.replace("’", "'"),
        "L’Écho \u200b d’Orsée",
    ]
    for number, name in enumerate(spelt):
        ingest(
            NewArticle(text=f"The flood at Weir drowned 40 sheep on Monday. Report {number} ends here.", source=name)
        )
    list(process())
    assert Source.objects.count() == 1
    [claim] = Claim.objects.filter(merged_into=None, text__contains="sheep")
    assert claim.assessment is not None
    assert claim.assessment.independent_origins == 1
    assert Mention.objects.filter(claim=claim).values("article__source").distinct().count() == 1
