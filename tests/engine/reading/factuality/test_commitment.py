"""Whether a text commits to a proposition, seen at its verb: our own sentences, kind by kind."""

from __future__ import annotations

import pytest

from claims.engine.reading.factuality.commitment import commitment
from claims.engine.reading.syntax import root_of
from claims.engine.reading.text.parsing import pipeline
from claims.engine.types import Factuality
from tests.engine.reading.told import mentions

ASSERTED, DENIED = Factuality.ASSERTED, Factuality.DENIED
HYPOTHETICAL, PLANNED, ASKED = Factuality.HYPOTHETICAL, Factuality.PLANNED, Factuality.ASKED


def at(text: str, words: str) -> Factuality:
    """How the clause of these words stands in the text."""
    doc = pipeline()(text)
    span = doc.char_span(text.index(words), text.index(words) + len(words))
    assert span is not None, words
    return commitment(root_of(doc, (span.start, span.end))).factuality


@pytest.mark.parametrize(
    ("text", "words", "factuality"),
    [
        ("The dam will fail if the river rises another metre, engineers said.", "dam will fail", HYPOTHETICAL),
        ("If the river rises another metre, the town of Ossel will be cleared.", "river rises", HYPOTHETICAL),
        ("Unless the lender finds a buyer by Friday, it will close 14 branches.", "lender finds a buyer", HYPOTHETICAL),
        ("Unless the lender finds a buyer by Friday, it will close 14 branches.", "close 14 branches", HYPOTHETICAL),
        (
            "Had the alarm worked, all 30 guests would have left the hotel in time.",
            "guests would have left",
            HYPOTHETICAL,
        ),
        ("Should the vote fail, the cabinet of Norland will step down.", "vote fail", HYPOTHETICAL),
        ("The strike goes on until the owners sign the contract.", "owners sign the contract", HYPOTHETICAL),
        ("Pilots get a bonus provided the airline makes a profit this year.", "airline makes a profit", HYPOTHETICAL),
    ],
)
def test_what_stands_under_a_condition_is_hypothetical_and_so_is_what_hangs_on_it(
    text: str, words: str, factuality: Factuality
) -> None:
    assert at(text, words) is factuality


@pytest.mark.parametrize(
    ("text", "words", "factuality"),
    [
        ("The new tax would cost farmers 40 million euros a year.", "cost farmers", HYPOTHETICAL),
        ("The vaccine could prevent 2,000 deaths a year, the institute said.", "prevent 2,000 deaths", HYPOTHETICAL),
        ("Ministers should publish the contract at once, the auditor said.", "publish the contract", ASKED),
        (
            "Analysts warned that the price of bread could double by winter.",
            "price of bread could double",
            HYPOTHETICAL,
        ),
        ("The airline said it would cancel 120 flights on Sunday.", "cancel 120 flights", PLANNED),
        ("Rescuers could not reach the village of Ossel on Monday.", "reach the village", DENIED),
        ("Without the loan the shipyard would have closed in 2019.", "shipyard would have closed", HYPOTHETICAL),
    ],
)
def test_a_modal_without_the_speakers_commitment_asserts_nothing(text: str, words: str, factuality: Factuality) -> None:
    assert at(text, words) is factuality


@pytest.mark.parametrize(
    ("text", "words", "factuality"),
    [
        ("The governor failed to sign the water treaty before the deadline.", "sign the water treaty", DENIED),
        ("The carmaker refused to recall 90,000 vans with faulty brakes.", "recall 90,000 vans", DENIED),
        ("The ministry has yet to publish the accident report.", "publish the accident report", DENIED),
        ("The inquiry did little to convince residents that the bridge is safe.", "convince residents", DENIED),
        ("The inquiry did little to convince residents that the bridge is safe.", "bridge is safe", HYPOTHETICAL),
        ("The guard forgot to lock the gate of the prison.", "lock the gate", DENIED),
        ("Divers managed to free the trapped crew of four.", "free the trapped crew", ASSERTED),
        ("The company avoided paying any tax in Estland last year.", "paying any tax", DENIED),
        ("The firm did not fail to deliver the 40 trucks.", "deliver the 40 trucks", ASSERTED),
        ("The club declined to name the injured player.", "name the injured player", DENIED),
        ("The bridge was too weak to carry heavy lorries.", "carry heavy lorries", DENIED),
        ("The council neglected to inspect the lift for six years.", "inspect the lift", DENIED),
    ],
)
def test_an_implicative_verb_says_whether_it_came_to_that(text: str, words: str, factuality: Factuality) -> None:
    assert at(text, words) is factuality


@pytest.mark.parametrize(
    ("text", "words", "factuality"),
    [
        ("The mayor hopes that the factory reopens in spring.", "factory reopens", HYPOTHETICAL),
        ("Residents fear that the old mine will collapse.", "mine will collapse", HYPOTHETICAL),
        ("Scientists hope to find water under the crater.", "find water", HYPOTHETICAL),
    ],
)
def test_what_is_hoped_or_feared_is_hypothetical(text: str, words: str, factuality: Factuality) -> None:
    assert at(text, words) is factuality


@pytest.mark.parametrize(
    ("text", "words", "factuality"),
    [
        ("The bank plans to cut 1,500 jobs in the north.", "cut 1,500 jobs", PLANNED),
        ("The two firms intend to merge in October.", "merge in October", PLANNED),
        ("Sark has offered to release 21 prisoners.", "release 21 prisoners", PLANNED),
        ("The union threatened to halt all trains on Monday.", "halt all trains", PLANNED),
        ("The senator promised to repay the money.", "repay the money", PLANNED),
        ("The probe is expected to last three months.", "last three months", PLANNED),
        ("The tunnel is due to open in March.", "open in March", PLANNED),
        ("The king is to visit Riverton in May.", "visit Riverton", PLANNED),
        ("The city has no plans to sell the stadium.", "sell the stadium", DENIED),
    ],
)
def test_what_is_planned_promised_threatened_or_foreseen_is_planned(
    text: str, words: str, factuality: Factuality
) -> None:
    assert at(text, words) is factuality


@pytest.mark.parametrize(
    ("text", "words", "factuality"),
    [
        ("The opposition demanded that the minister resign.", "minister resign", ASKED),
        ("Nurses called for a pay rise of 6 percent.", "pay rise", ASKED),
        ("The envoy called on both armies to leave the valley.", "leave the valley", ASKED),
        ("The court asked whether the firm had known of the leak.", "firm had known", ASKED),
        ("Doctors urged the ministry to ban the drug.", "ban the drug", ASKED),
        ("Police are investigating whether the fire was set on purpose.", "fire was set", ASKED),
        ("It is unclear whether the pilot saw the mast.", "pilot saw the mast", ASKED),
    ],
)
def test_what_is_demanded_asked_or_looked_into_is_asked(text: str, words: str, factuality: Factuality) -> None:
    assert at(text, words) is factuality


@pytest.mark.parametrize(
    ("text", "words", "factuality"),
    [
        ("The bank does not think that customers are in danger.", "customers are in danger", DENIED),
        ("There is no evidence that the vaccine causes blindness, doctors said.", "vaccine causes blindness", DENIED),
        ("There is no truth to the claim that the judge took bribes.", "judge took bribes", DENIED),
        ("The chairman denied that the club was bankrupt.", "club was bankrupt", DENIED),
        ("Neither the captain nor the mate was drunk, the inquiry found.", "mate was drunk", DENIED),
        ("It is not true that the well was poisoned, the elders said.", "well was poisoned", DENIED),
        ("The idea that the bridge was bombed is nonsense, the army said.", "bridge was bombed", DENIED),
        ("The board rejected the offer of $70 a share.", "rejected the offer", ASSERTED),
        ("The general dismissed the report that his troops had fled.", "troops had fled", DENIED),
        ("The mayor doubts that the stadium will pay for itself.", "stadium will pay", HYPOTHETICAL),
        ("No injuries were reported in Ossel, which lies 25 km from the border.", "lies 25 km", ASSERTED),
        ("There have been no deaths on the lake since 1998, when a ferry sank.", "ferry sank", ASSERTED),
    ],
)
def test_a_denial_denies_the_claim_and_a_refused_offer_denies_nothing(
    text: str, words: str, factuality: Factuality
) -> None:
    assert at(text, words) is factuality


@pytest.mark.parametrize(
    ("text", "words", "factuality"),
    [
        ("The company did not close because it sold its mill to a rival.", "sold its mill", ASSERTED),
        ("Not only did the bank close two branches, but it also cut 300 jobs.", "close two branches", ASSERTED),
        ("Not only did the bank close two branches, but it also cut 300 jobs.", "cut 300 jobs", ASSERTED),
        ("The court did not know that the witness had left the country.", "witness had left", ASSERTED),
        ("Police said there was no doubt that the bomb was made abroad.", "bomb was made abroad", ASSERTED),
        ("The minister regrets that 12 villages were flooded.", "12 villages were flooded", ASSERTED),
        ("No fewer than 40 houses burned down in Ossel.", "40 houses burned", ASSERTED),
    ],
)
def test_a_negation_counts_where_its_scope_is(text: str, words: str, factuality: Factuality) -> None:
    assert at(text, words) is factuality


@pytest.mark.parametrize(
    "text",
    [
        "A fire destroyed a paper mill in the port of Arlen on Tuesday.",
        "The council approved the budget by 14 votes to nine.",
        "Police arrested two men in connection with the theft of 30 paintings.",
        "The central bank raised its main rate to 4.5 percent.",
        "Nine hikers died in an avalanche near Mount Sorrel, rescuers said.",
        "The airline carried 12 million passengers last year.",
        "Voters in Norland elected Anna Bell as president on Sunday.",
        "The river burst its banks and flooded 300 houses.",
        "The company recalled 40,000 heaters after three fires.",
        "Inflation fell to 2.1 percent in May, the statistics office said.",
        "The court sentenced the former banker to eight years in prison.",
        "Exports of wheat rose by a fifth in the first quarter.",
        "The two leaders signed a trade agreement in Riverton.",
        "A train carrying chemicals left the rails near Ossel.",
        "The museum bought the painting for 2.3 million euros in 1998.",
        "Researchers found a new species of frog in the valley.",
        "The minister resigned on Friday after 11 years in office.",
        "The army shot down three drones over the capital, a spokesman said.",
        "The bridge has been closed since the earthquake in March.",
        "The club won the cup for the third time in a row.",
        "The hospital treated 60 people for smoke inhalation.",
        "Unemployment stood at 7 percent at the end of June.",
        "The firm employs 5,000 people in four countries.",
        "The plane landed safely in Estland with 88 people on board.",
        "The judge ordered the newspaper to pay 50,000 dollars in damages.",
        "The city agreed to pay the family 2 million dollars.",
        "The government decided to sell its stake in the railway.",
        "Thousands of students marched through the capital on Saturday.",
        "The volcano erupted twice in a week, forcing 900 people from their homes.",
        "The senator, who did not attend the meeting, voted by letter.",
        "Two miners were rescued after they had spent six days underground.",
        "According to the report, the pilot had flown for 14 hours without a break.",
        '"We lost everything in the flood," said Tom Reed, a farmer.',
        "The ministry said that 70 schools were damaged in the storm.",
        "The tunnel is 12 kilometres long and cost 3 billion euros.",
        "Three of the four suspects have left the country, prosecutors said.",
        "The shares closed at $41.20 on Thursday, down 3 percent.",
        "The vaccine reduced deaths by 60 percent in a trial of 3,000 people.",
        "A former guard told the court that prisoners were beaten daily.",
        "The president accused the generals of stealing the election.",
        "The factory emitted 400 tonnes of sulphur last year.",
        "The strike began on Monday and has closed nine ports.",
        "Heavy rain caused landslides that buried two villages.",
        "The study, published in May, followed 900 nurses for ten years.",
        "The parliament passed the bill despite protests.",
        "The ship sank within 20 minutes, survivors said.",
        "Members of the band allegedly beat a photographer in Riverton.",
        "The governor reportedly owns three villas on the coast.",
        "The mayor began to read the names of the dead.",
        "Workers continued to clear the rubble on Sunday.",
        "The company admitted that it had hidden the leak.",
        "She was forced to leave her home in 2014.",
        "The regulator found that the bank had misled customers.",
        "He became the first player to score in five finals.",
        "The road was blocked by a fallen tree for three hours.",
        "Oil prices jumped 8 percent when the pipeline was shut.",
        "The opposition, which holds 40 seats, walked out of the chamber.",
        "The man used the stolen card to buy a car.",
        "Hundreds of people came to see the comet.",
        "The drought has killed half of the region's cattle, the ministry said.",
    ],
)
def test_a_plain_report_keeps_its_assertion(text: str) -> None:
    found = mentions(text)
    assert found
    assert {mention.factuality for mention in found} == {ASSERTED}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("No injuries were reported in Ossel, 25 km from the border.", "No injuries"),
        ("Nobody was hurt at the plant, which employs 900 people.", "Nobody was hurt"),
        ("The mayor did not visit the camp, which holds 4,000 refugees.", "did not visit"),
    ],
)
def test_what_is_denied_is_not_said_of_a_figure_beside_it(text: str, words: str) -> None:
    found = [m for m in mentions(text) if words in m.quote and m.quantity is not None]
    assert [m.quantity for m in found if m.factuality is DENIED] == []


@pytest.mark.parametrize(
    ("text", "words", "factuality"),
    [
        ("Officials tried to calm fears that the debt was spreading, saying it was small.", "it was small", ASSERTED),
        ("Workers have been called to make sacrifices while the owners pay nothing.", "called to make", ASKED),
        ("The walkouts were needed to force the ministry to talk.", "were needed", ASSERTED),
        ("The envoy vowed that Norland had kept to the treaty.", "kept to the treaty", ASSERTED),
        ("Drivers are required to report every accident.", "are required", ASSERTED),
        ("The chancellor called the loan critical for all of Europe.", "called the loan", ASSERTED),
        ("Families had a full year to pay the bill.", "had a full year", ASSERTED),
        ("Under the treaty ships are prohibited from fishing in the bay.", "are prohibited", ASSERTED),
    ],
)
def test_what_stands_beside_a_plan_or_a_demand_is_told_as_it_is(text: str, words: str, factuality: Factuality) -> None:
    found = [m for m in mentions(text) if words in m.quote]
    assert {m.factuality for m in found} <= {factuality}
    assert found or at(text, words) is factuality


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Larry Moss was not handcuffed on Monday, Sheriff Paul Bailey said.", "handcuffed"),
        ("The dam was never inspected after 1998, the engineer said.", "inspected"),
        ("No patient has been harmed, the hospital said.", "harmed"),
    ],
)
def test_a_negation_on_the_auxiliary_counts_for_its_verb(text: str, words: str) -> None:
    assert {m.factuality for m in mentions(text) if words in m.quote} == {DENIED}


@pytest.mark.parametrize(
    ("text", "words", "factuality"),
    [
        ("In case the pumps fail, crews will open the gates.", "pumps fail", HYPOTHETICAL),
        ("As long as the ceasefire holds, aid will reach the camps.", "ceasefire holds", HYPOTHETICAL),
        ("The port stays open on condition that the crews are tested.", "crews are tested", HYPOTHETICAL),
        ("Lawmakers will vote again only if the mayor withdraws the budget.", "mayor withdraws", HYPOTHETICAL),
        ("The senator is far from convinced that the plan works.", "plan works", DENIED),
        ("Far from shrinking, the deficit grew by 4 percent.", "deficit grew", ASSERTED),
        ("The strike ended without any agreement being signed.", "strike ended", ASSERTED),
        ("The two sides came close to signing a deal but talks broke down.", "talks broke down", ASSERTED),
    ],
)
def test_conditions_and_denials_of_several_words(text: str, words: str, factuality: Factuality) -> None:
    assert at(text, words) is factuality


@pytest.mark.parametrize(
    ("text", "factuality"),
    [
        ("Arden Mills is not to blame for the flood in Ossel, its manager said.", DENIED),
        ("Nobody is to blame for the flood in Ossel, its manager said.", DENIED),
    ],
)
def test_who_is_not_to_blame_is_said_not_to_be(text: str, factuality: Factuality) -> None:
    assert factuality in {m.factuality for m in mentions(text) if "blame" in m.quote}


@pytest.mark.parametrize(
    ("text", "words", "factuality"),
    [
        ("Officials denied that the dam, which is 80 years old, failed in the storm.", "failed in", DENIED),
        ("The union hopes that the mill, which employs 300, stays open.", "stays open", HYPOTHETICAL),
        ("Bell denied that the man who fell from the roof was an inspector.", "inspector", DENIED),
        ("The court does not believe that the road where they met was closed.", "was closed", DENIED),
        ("The council fears that the bridge, whose piers are worn, will fall.", "will fall", HYPOTHETICAL),
    ],
)
def test_a_clause_about_a_noun_inside_changes_nothing_around_it(text: str, words: str, factuality: Factuality) -> None:
    assert {m.factuality for m in mentions(text) if words in m.quote} <= {factuality}
