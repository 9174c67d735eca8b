"""Nobody loses a decision: workers race over the real HTTP API, and the history tells one story."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection

from claims.models import Mention
from reviews.models import Review, ReviewEvent
from reviews.services.tokens import make_token
from reviews.services.verifying import verify
from tests.conftest import person
from tests.reviews.conftest import new_claim
from tests.reviews.racing import Answer, Desk, race, serving

WORKERS = 50 if connection.vendor == "postgresql" else 8
TRANSITIONS = 200
CLAIMS = 10
NEXT = {
    "unverified": ["take", "dismiss"],
    "in_review": ["propose", "release", "dismiss"],
    "proposed": ["approve", "reject"],
    "dismissed": ["restore"],
}
BODY = {"verdict": "disputed", "rationale": "They differ.", "links": ["https://example.org/a"], "note": "n"}
LOST = {409, 412}

pytestmark = [pytest.mark.slow, pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def server(transactional_db: None, tmp_path: Path) -> Generator[str, None, None]:
    with serving(tmp_path) as address:
        yield address


def desks(server: str, how_many: int) -> list[Desk]:
    """People who may do everything, each signed in by a token."""
    people = [person(f"worker{n}", "administrator") for n in range(how_many)]
    return [Desk(server, make_token(user)) for user in people]


def test_each_version_of_a_review_has_one_winner_and_the_history_has_no_gap(server: str) -> None:
    claims = [new_claim().pk for _ in range(CLAIMS)]
    people = desks(server, WORKERS)
    rounds = -(-TRANSITIONS * 2 // WORKERS)

    def work(number: int, dice: random.Random) -> Iterator[tuple[int, str, Answer]]:
        for _ in range(rounds):
            claim = dice.choice(claims)
            seen = people[number].get(f"/api/v1/claims/{claim}/review/")
            actions = NEXT.get(str(seen.body["status"]), ["reopen"])
            body = BODY | {"reason": "opinion"}
            yield (
                claim,
                seen.etag,
                people[number].post(f"/api/v1/claims/{claim}/{dice.choice(actions)}/", body, seen.etag),
            )

    attempts = race(WORKERS, work)

    won = Counter((claim, etag) for claim, etag, answer in attempts if answer.status == 200)
    assert set(won.values()) == {1}
    assert {answer.status for _, _, answer in attempts} <= {200, 403} | LOST
    for _, _, answer in attempts:
        if answer.status in LOST:
            assert answer.body["current"]["version"]
    for review in Review.objects.filter(claim__in=claims):
        assert review.version == 1 + sum(claim == review.claim_id for claim, _ in won)
        assert [*review.events.values_list("sequence", flat=True)] == [*range(1, review.version + 1)]
    assert verify().faults == ()


def test_a_conflicting_transition_has_exactly_one_winner(server: str) -> None:
    claims = [new_claim().pk for _ in range(TRANSITIONS)]
    people = desks(server, WORKERS)
    rivals = 5

    def work(number: int, dice: random.Random) -> Iterator[tuple[int, int]]:
        for turn, claim in enumerate(claims):
            if (number - turn) % WORKERS < rivals:
                action = dice.choice(["take", "dismiss"])
                answer = people[number].post(f"/api/v1/claims/{claim}/{action}/", {"reason": "opinion"}, '"1"')
                yield claim, answer.status

    answers = race(WORKERS, work)

    assert len(answers) == rivals * TRANSITIONS
    assert Counter(claim for claim, status in answers if status == 200) == dict.fromkeys(claims, 1)
    assert {status for _, status in answers} == {200} | ({status for _, status in answers} & LOST)
    assert ReviewEvent.objects.count() == 2 * TRANSITIONS
    assert verify().faults == ()


def test_regrouping_and_deciding_at_once_loses_nothing_and_locks_nobody_out(server: str) -> None:
    claims = [new_claim(outlets=2).pk for _ in range(CLAIMS)]
    people = desks(server, WORKERS)
    mentions = sorted(Mention.objects.values_list("pk", flat=True))

    def work(number: int, dice: random.Random) -> Iterator[Answer]:
        desk = people[number]
        for _ in range(8):
            one, other = dice.sample(claims, 2)
            match dice.choice(["merge", "merge", "move", "undo", "take", "release", "dismiss", "bulk"]):
                case "merge":
                    yield desk.post(
                        f"/api/v1/claims/{one}/merge/", {"into": other, "why": "w", "outcome": "unverified"}
                    )
                case "move":
                    body = {"mention": dice.choice(mentions), "into": other, "why": "w"}
                    yield desk.post(f"/api/v1/claims/{one}/move/", body)
                case "undo":
                    done = desk.get("/api/v1/regroupings/?page_size=3").body["results"]
                    if done:
                        yield desk.post(f"/api/v1/regroupings/{dice.choice(done)['id']}/undo/", {"why": "w"})
                case "bulk":
                    chosen = [{"claim": pk} for pk in dice.sample(claims, 4)]
                    yield desk.post("/api/v1/bulk/", {"action": "take", "together": True, "claims": chosen})
                case action:
                    yield desk.post(f"/api/v1/claims/{one}/{action}/", {"reason": "opinion"})

    answers = race(WORKERS, work)

    assert {answer.status for answer in answers} <= {200, 201, 400, 403, 409, 412}, Counter(a.status for a in answers)
    assert 201 in {answer.status for answer in answers}
    assert sorted(Mention.objects.filter(claim__merged_into__isnull=True).values_list("pk", flat=True)) == mentions
    assert verify().faults == ()


def test_the_next_claim_goes_to_exactly_one_person(server: str) -> None:
    claims = [new_claim().pk for _ in range(2 * WORKERS)]
    people = desks(server, WORKERS)

    def work(number: int, _: random.Random) -> Iterator[Answer]:
        for _ in range(3):
            yield people[number].post("/api/v1/reviews/next/")

    answers = race(WORKERS, work)

    handed_out = [answer.body["claim"] for answer in answers if answer.status == 200]
    assert sorted(handed_out) == claims
    assert {answer.status for answer in answers} == {200, 204}
    assert verify().faults == ()


def test_groups_are_there_after_a_flush() -> None:
    assert Group.objects.filter(name="administrator").exists()
    assert not User.objects.exists()
