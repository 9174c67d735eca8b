"""services.reliability and services.replaying: what the desk learns, and what it did before."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from claims.engine.agreement.parameters import DEFAULT
from claims.models import Article, Assessment, Calibration, Claim, ClaimVerdict, FigureEstimate, SourceReliability
from claims.services import reliability
from claims.services.replaying import UnknownAlgorithmError, replay
from claims.services.scoring import parameters_in_use, score
from tests.claims.test_scoring import report

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def scored(number: int, *, stance: str = "asserts", holds: bool | None = None) -> Claim:
    """A scored claim that an outlet reports and a person asserts or denies."""
    claim = Claim.objects.create(text=f"The mine was closed, {number}.")
    report(claim, "north.example")
    report(claim, "south.example", speaker="ana petrova", stance=stance)
    score(claim.pk)
    if holds is not None:
        reliability.record_verdict(claim.pk, holds)
    return claim


def learned() -> dict[str, tuple[float, float, int]]:
    rows = SourceReliability.objects.values_list("source__key", "agree", "disagree", "claims")
    return {key: (agree, disagree, claims) for key, agree, disagree, claims in rows}


def test_a_verdict_is_known_truth_for_the_source() -> None:
    scored(1, holds=False)
    reliability.refresh()
    assert learned()["north.example"] == (0.0, 1.0, 1)


def test_a_verdict_can_be_taken_back() -> None:
    claim = scored(1, holds=True)
    reliability.record_verdict(claim.pk, None)
    assert not ClaimVerdict.objects.exists()


def figure(number: int, **values: float) -> Claim:
    """A scored claim for which outlets give these figures in their own voice."""
    claim = Claim.objects.create(text=f"So many miners were brought up, {number}.")
    for outlet, value in values.items():
        report(claim, f"{outlet}.example", value=value, comparator="=", unit="tonne")
    score(claim.pk)
    return claim


def test_what_nobody_denies_is_no_sign_of_being_right() -> None:
    scored(1)
    reliability.refresh()
    assert learned() == {}


def test_a_contradiction_without_a_verdict_leaves_both_sides_open() -> None:
    scored(1, stance="denies")
    reliability.refresh()
    agree, disagree, claims = learned()["north.example"]
    assert (agree + disagree, claims) == (pytest.approx(1.0), 1)
    assert 0 < agree < 1


def test_figures_teach_who_is_exact_and_which_figure_is_most_probable() -> None:
    for number in range(6):
        claim = figure(number, north=101.0 + number, south=101.0 + number, west=703.0 + 7 * number)
    reliability.refresh()
    known = learned()
    assert known["north.example"][0] > 5
    assert known["west.example"][1] > 5
    estimate = FigureEstimate.objects.get(claim=claim)
    assert (estimate.value, estimate.probability) == (106.0, pytest.approx(1.0, abs=0.01))


def test_what_was_learned_before_changes_nothing_in_the_next_refresh() -> None:
    """Copiers that count as one origin now are still seen to be two sources that share rare figures."""
    for number in range(8):
        wrong = 503.0 + 11 * number
        figure(number, north=wrong, south=wrong, east=101.0, west=101.0, ferry=101.0)
    reliability.refresh()
    groups = dict(SourceReliability.objects.values_list("source__key", "copy_group"))
    assert groups["north.example"] == groups["south.example"] == "north.example"
    first = learned()
    for claim in Claim.objects.all():
        score(claim.pk)
    reliability.refresh()
    assert dict(SourceReliability.objects.values_list("source__key", "copy_group")) == groups
    assert learned() == first


def test_claims_of_sources_that_turned_out_to_copy_are_scored_again_with_what_was_learned() -> None:
    for number in range(8):
        wrong = 503.0 + 11 * number
        claim = figure(number, north=wrong, south=wrong, east=101.0, west=101.0, ferry=101.0)
    before = Assessment.objects.get(current_for=claim)
    assert before.independent_origins == 5
    reliability.refresh()
    after = score(claim.pk)
    keys = {origin["key"]: origin["reliability"] for origin in after.origins}
    assert "copies:north.example" in keys
    east = SourceReliability.objects.get(source__key="east.example")
    assert {"agree": east.agree, "disagree": east.disagree} in keys.values()
    reliability.refresh()
    assert score(claim.pk) == after


def test_an_estimate_goes_with_the_figures_that_it_was_made_of() -> None:
    claim = figure(1, north=101.0, south=703.0)
    reliability.refresh()
    assert FigureEstimate.objects.filter(claim=claim).exists()
    Article.objects.filter(mentions__value=703.0).update(withdrawn_at=timezone.now())
    reliability.refresh()
    assert not FigureEstimate.objects.exists()


def test_a_refresh_in_shards_gives_the_result_of_one_process() -> None:
    for number in range(6):
        scored(number, stance="denies" if number % 2 else "asserts", holds=True if number % 3 == 0 else None)
        figure(number, north=101.0 + number, south=101.0 + number, west=703.0 + 7 * number)
    reliability.refresh()
    whole = learned()
    shards = reliability.plan(size=2)
    assert len(shards) >= 3
    reliability.join_shards([reliability.read_shard(*s) for s in reversed(shards)])
    assert whole.keys() == learned().keys()
    for key, (agree, disagree, claims) in learned().items():
        assert whole[key] == (pytest.approx(agree, abs=1e-9), pytest.approx(disagree, abs=1e-9), claims)


def test_a_refresh_of_an_empty_desk_does_nothing() -> None:
    assert reliability.refresh() == 0


def test_verdicts_calibrate_the_score_and_the_next_assessment_says_so() -> None:
    for number in range(14):
        scored(number, stance="denies" if number % 2 else "asserts", holds=number % 4 != 1)
    assert parameters_in_use() == DEFAULT
    fitted = reliability.calibrate()
    assert fitted is not None
    assert fitted.verdicts == 14
    assert reliability.calibrate() is None
    claim = scored(99)
    assert Assessment.objects.get(current_for=claim).parameters == parameters_in_use().as_mapping()
    assert Calibration.objects.count() == 1


def test_the_calibration_command_shows_and_draws(tmp_path: object) -> None:
    out = StringIO()
    call_command("calibration", stdout=out)
    assert "No claim has been decided yet" in out.getvalue()
    scored(1, holds=True)
    call_command("calibration", "--svg", f"{tmp_path}/diagram.svg", stdout=out)
    assert "1 decided claims" in out.getvalue()


def test_the_calibration_report_takes_the_score_that_stood_when_people_decided() -> None:
    claim = scored(1, holds=True)
    before = Assessment.objects.get(claim=claim)
    report(claim, "west.example", speaker="jun mori")
    after = score(claim.pk)
    assert after.probability != before.probability
    found = reliability.calibration_report()
    assert [(b.count, b.stated) for b in found.bins] == [(1, pytest.approx(before.probability))]


def test_a_replay_gives_the_stored_score_of_every_version() -> None:
    claim = scored(1)
    first = Assessment.objects.get(claim=claim, version=1)
    report(claim, "west.example", speaker="jun mori")
    SourceReliability.objects.create(
        source=claim.mentions.get(article__source__key="north.example").article.source, agree=40, disagree=1
    )
    second = score(claim.pk)
    assert replay(claim.pk, 1).again.log_odds == pytest.approx(first.log_odds, abs=1e-12)
    again = replay(claim.pk)
    assert again.again.log_odds == pytest.approx(second.log_odds, abs=1e-12)
    assert "reliability of north.example learned anew" in again.reasons
    assert any(line.reason == "new origin with 1 mention" for line in again.lines)


def test_the_replay_command_tells_what_changed_and_why() -> None:
    claim = scored(1)
    report(claim, "west.example", speaker="jun mori")
    score(claim.pk)
    out = StringIO()
    call_command("replay", str(claim.pk), stdout=out)
    assert "version 2" in out.getvalue()
    assert "new origin with 1 mention" in out.getvalue()
    assert "evidence version 2 -> 3" in out.getvalue()


def test_a_version_of_an_unknown_algorithm_is_refused_by_name() -> None:
    claim = Claim.objects.create(text="The mine was closed.")
    Assessment.objects.create(
        claim=claim,
        version=1,
        evidence_version=0,
        algorithm="votes/1",
        probability=0.5,
        log_odds=0.0,
        independent_origins=0,
        suggested="unverified",
        explanation="",
    )
    with pytest.raises(UnknownAlgorithmError, match="votes/1"):
        replay(claim.pk)
    with pytest.raises(CommandError, match="votes/1"):
        call_command("replay", str(claim.pk))


def test_a_version_that_there_is_not_is_an_error() -> None:
    claim = scored(1)
    with pytest.raises(CommandError, match="no such version"):
        call_command("replay", str(claim.pk), "--number", "7")
