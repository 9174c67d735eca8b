"""From step to step: attempts are counted on the row, poison is parked, the sweep finds what was lost."""

from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings
from django.utils import timezone

from claims.models import Article, ArticleStep, StepName
from claims.services import steps
from claims.services.ingest import NewArticle, ingest

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return ingest(NewArticle(text="The river bridge at Aldham was closed on Monday.")).article


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    published: list[tuple[object, ...]] = []

    def record(*args: object) -> bool:
        published.append(args)
        return True

    monkeypatch.setattr(steps, "send", record)
    return published


def poison(article_id: int) -> int:
    raise ValueError(f"cannot read article {article_id}")


def finish(article_id: int) -> int:
    ArticleStep.objects.filter(article_id=article_id).update(done_at=timezone.now())
    return 3


def test_a_step_runs_once_and_then_never_again(article: Article):
    assert steps.attempt(article.pk, StepName.EXTRACT, finish) == 3
    assert steps.attempt(article.pk, StepName.EXTRACT, poison) is None


def test_a_failure_is_kept_on_the_row_and_raised(article: Article):
    with pytest.raises(ValueError, match="cannot read"):
        steps.attempt(article.pk, StepName.EXTRACT, poison)
    step = article.steps.get()
    assert (step.attempts, step.parked_at) == (1, None)
    assert step.error == f"ValueError: cannot read article {article.pk}"


def test_after_the_last_attempt_the_article_is_parked_with_its_error(article: Article):
    for _ in range(steps.MAX_ATTEMPTS):
        with pytest.raises(ValueError, match="cannot read"):
            steps.attempt(article.pk, StepName.EXTRACT, poison)
    assert article.steps.get().parked_at is not None
    assert steps.attempt(article.pk, StepName.EXTRACT, finish) is None


def test_an_article_that_kills_its_worker_again_and_again_is_parked(article: Article):
    for _ in range(steps.MAX_ATTEMPTS):
        assert steps.begin(article.pk, StepName.EXTRACT)
    assert not steps.begin(article.pk, StepName.EXTRACT)
    assert "died" in article.steps.get().error


def test_a_person_can_retry_what_was_parked(article: Article, sent, django_capture_on_commit_callbacks):
    steps.begin(article.pk, StepName.EXTRACT)
    steps.park(article.pk, StepName.EXTRACT, "poison")
    with django_capture_on_commit_callbacks(execute=True):
        assert steps.retry([article.pk]) == 1
    assert sent == [(steps.TASKS[StepName.EXTRACT], article.pk)]
    assert steps.attempt(article.pk, StepName.EXTRACT, finish) == 3


def test_the_sweep_leaves_a_fresh_article_to_its_own_task(article: Article, sent):
    assert steps.sweep() == {"extract": 0, "match": 0, "score": 0}
    assert sent == []


def test_the_sweep_queues_an_article_whose_task_was_lost(article: Article, sent):
    later = timezone.now() + steps.GRACE + timedelta(seconds=1)
    assert steps.sweep(later) == {"extract": 1, "match": 0, "score": 0}
    assert sent == [(steps.TASKS[StepName.EXTRACT], article.pk)]


def test_the_sweep_queues_the_matching_of_an_article_that_was_read(article: Article, sent):
    steps.attempt(article.pk, StepName.EXTRACT, finish)
    later = timezone.now() + steps.GRACE + timedelta(seconds=1)
    assert steps.sweep(later) == {"extract": 0, "match": 1, "score": 0}


def test_the_sweep_leaves_parked_articles_alone(article: Article, sent):
    steps.begin(article.pk, StepName.EXTRACT)
    steps.park(article.pk, StepName.EXTRACT, "poison")
    assert steps.sweep(timezone.now() + timedelta(days=1))["extract"] == 0


def test_the_sweep_leaves_a_step_alone_for_as_long_as_its_task_may_run(article: Article, sent):
    steps.begin(article.pk, StepName.EXTRACT)
    assert steps.sweep(timezone.now() + steps.GRACE + timedelta(seconds=1))["extract"] == 0
    assert steps.sweep(timezone.now() + steps.RUNNING + timedelta(seconds=1))["extract"] == 1


def test_a_step_that_failed_is_queued_again_soon_and_not_once_it_runs_again(article: Article, sent):
    with pytest.raises(ValueError, match="cannot read"):
        steps.attempt(article.pk, StepName.EXTRACT, poison)
    later = timezone.now() + steps.GRACE + timedelta(seconds=1)
    assert steps.unfinished(StepName.EXTRACT, later) == [article.pk]
    steps.begin(article.pk, StepName.EXTRACT)
    assert steps.unfinished(StepName.EXTRACT, later) == []


def test_no_task_may_run_longer_than_the_sweep_waits_for_it():
    limits = [task.time_limit or settings.CELERY_TASK_TIME_LIMIT for task in current_app.tasks.values()]
    assert max(limits) < steps.RUNNING.total_seconds()
    assert max(limits) < settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
