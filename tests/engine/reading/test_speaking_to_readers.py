"""What an outlet says to its readers or listeners states nothing about the world, and is no claim."""

from __future__ import annotations

import pytest

from tests.engine.reading.told import mentions


@pytest.mark.parametrize(
    "text",
    [
        "Good morning, you’re with Harbour FM and this is Pia Lund.",
        "That’s all from me, Pia Lund, for this morning in Ossel.",
        "You are reading the evening edition of the Gazette.",
        "If you have been affected by the floods, call our hotline on 0800 123 456.",
        "In today’s podcast we talk to 3 farmers who lost their herds.",
        "Coming up after the break, we ask why 40 trains were late.",
        "It’s Monday 3 May and here are your headlines.",
        "You’re watching Norland Tonight with 4 million viewers across the country.",
        "If you drive through Ossel on Monday, allow an extra 20 minutes.",
    ],
)
def test_a_sentence_to_the_reader_gives_no_claim(text: str) -> None:
    assert mentions(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“You have to understand that we lost 40 cows,” said farmer Anna Bell.", "lost 40 cows"),
        ("The reforms will cost you 40 euros a year, the ministry said.", "cost you 40 euros"),
        ("The slogan “You can do it” cost the city 3 million euros.", "cost the city"),
        ("Your Party won 14 seats in Norland on Monday.", "won 14 seats"),
        ("Thanks to the rain, the harvest in Norland rose by 12 percent.", "rose by 12 percent"),
    ],
)
def test_you_in_what_somebody_says_or_in_a_name_is_no_address(text: str, words: str) -> None:
    assert any(words in mention.quote for mention in mentions(text))
