"""Read an article once more, by the engine as it is now: what people said of it is kept, by its place.

A mention that was read at the same place stays the same row, also in the history; one that is read no more retires and
is no evidence. Of a corrected mention the machine's part is brought up to date beside the person's. Where the new
reading moved a little it still is the corrected one; where it finds nothing at all, the correction stands and says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from claims.engine import types
from claims.engine.matching.nesting import standing as statements_of
from claims.engine.reading.mentions import describe, read
from claims.models import Article, Correction, Mention, Speaker
from claims.services import matching, mentions, nested, places, readings, regrouping, standing, steps
from claims.services.extraction import known_people, name_of, speaker_rows
from claims.services.readings import Kind
from claims.services.records import digest_json, document_of, mention_row

SAME = 0.5
"""So far two spans have to be one, for a new reading to be the one that a person corrected."""

ANEW = ("hedge", "direct", "place", "sentence", "sentence_start", "sentence_end", "checkable", "features")
"""Columns that nobody corrects: they are as they were read last."""


@dataclass(frozen=True, slots=True)
class Reread:
    """How many mentions stayed, came and went, and the corrections (ids) at whose place nothing is read any more."""

    stayed: int
    added: int
    retired: int
    unfit: tuple[int, ...]


def reread(article_id: int) -> Reread:
    """Read an article anew and bring its mentions to that. Again is without effect.

    The reading happens before the transaction. Raises ``Article.DoesNotExist``.
    """
    article = Article.objects.select_related("source").get(pk=article_id)
    found = next(iter(read([document_of(article)], model=settings.LANGUAGE_MODEL, known=known_people(), nested=True)))
    return _write(article, found)


@transaction.atomic
def _write(article: Article, found: types.Reading) -> Reread:
    if article.story_id is not None:
        matching.lock_story_of(article.pk)
    stated = Mention.objects.filter(article=article, claim__isnull=False).values_list("claim", flat=True)
    regrouping.lock_claims(*set(stated))
    Article.objects.select_for_update(of=("self",)).only("pk").get(pk=article.pk)
    round_ = _Round.of(article, statements_of(found))
    changed = round_.write()
    Article.objects.filter(pk=article.pk).update(
        digest=digest_json(found.digest), wire=found.wire[:100], unread=found.unread[:200], partly=found.partly[:200]
    )
    standing.refresh(changed)
    steps.score_later(changed)
    fresh, stayed = _outer(round_.fresh), _outer(round_.pairs.values())
    if fresh:
        mentions.match_again(article.pk)
    return Reread(len(stayed), len(fresh), len(round_.gone), tuple(round_.unfit()))


def _outer(found: Iterable[types.Mention]) -> list[types.Mention]:
    """Return those that stand in no other mention: nested ones rest until re-matching finds them elsewhere."""
    return [one for one in found if one.part_of is None]


@dataclass(slots=True)
class _Round:
    """The article's mentions (``rows``) against what is read of it now: ``pairs`` by the row's id, and the rest."""

    article: Article
    rows: Sequence[Mention]
    known: Mapping[int, Mapping[str, Correction]]
    replaced: Collection[int]
    pairs: dict[int, types.Mention] = field(default_factory=dict)
    fresh: list[types.Mention] = field(default_factory=list)
    gone: list[Mention] = field(default_factory=list)

    @classmethod
    def of(cls, article: Article, read_now: Sequence[types.Mention]) -> _Round:
        rows = list(Mention.objects.select_for_update(of=("self",)).filter(article=article).order_by("pk"))
        corrections = Correction.objects.filter(replaces__in=rows, withdrawn_at__isnull=True)
        replaced = set(corrections.values_list("replaces", flat=True))
        made = cls(article, rows, readings.in_force(rows), replaced)
        made._pair(read_now)
        return made

    def _held(self, row: Mention) -> bool:
        """Whether people have said something of this mention."""
        return bool(self.known[row.pk]) or row.pk in self.replaced

    def _pair(self, read_now: Sequence[types.Mention]) -> None:
        """First what stands at the same place, those that count before the others; then what people corrected."""
        left = list(read_now)
        by_place: dict[types.Span, list[Mention]] = {}
        for row in sorted(self.rows, key=lambda r: (r.retired_at is not None, not self._held(r), -r.pk)):
            by_place.setdefault(types.Span(row.start, row.end), []).append(row)
        for mention in read_now:
            if mention.span in by_place:
                self.pairs[by_place[mention.span][0].pk] = mention
                left.remove(mention)
        open_ = [row for row in self.rows if self._held(row) and row.pk not in self.pairs]
        near = [
            (places.overlap(m.span, types.Span(r.start, r.end)), r.pk, i)
            for r in open_
            for i, m in enumerate(left)
            if m.part_of is None
        ]
        taken: set[int] = set()
        for share, pk, i in sorted(near, key=lambda one: (-one[0], one[1], one[2])):
            if share >= SAME and pk not in self.pairs and i not in taken:
                self.pairs[pk] = left[i]
                taken.add(i)
        self.fresh = [mention for i, mention in enumerate(left) if i not in taken]
        self.gone = [r for r in self.rows if r.retired_at is None and r.pk not in self.pairs and not self._held(r)]

    def write(self) -> set[int]:
        """Write it all; return the claims whose mentions changed."""
        paired = {row.pk: row for row in self.rows if row.pk in self.pairs}
        speakers = speaker_rows(m.speaker for m in (*self.pairs.values(), *self.fresh))
        before = {pk: readings.values_of(row, readings.SCORED) for pk, row in paired.items()}
        for pk, row in paired.items():
            mention = self.pairs[pk]
            self._bring(row, mention_row(self.article, mention, speakers.get(name_of(mention.speaker))))
        moved = [row for pk, row in paired.items() if readings.values_of(row, readings.SCORED) != before[pk]]
        readings.keep(moved)
        back = [r for r in paired.values() if r.retired_at is not None and not self._held(r) and self._is_outer(r)]
        self._create(paired, speakers)
        columns = [name.removesuffix("_id") for name in (*readings.COLUMNS, *ANEW, "read", "part_of")]
        Mention.objects.bulk_update(paired.values(), columns)
        changed = {row.claim_id for row in (*moved, *self.gone) if row.claim_id is not None}
        gone = Mention.objects.filter(pk__in=[row.pk for row in self.gone])
        gone.update(claim=None, origin=None, retired_at=timezone.now())
        Mention.objects.filter(pk__in=[row.pk for row in back]).update(retired_at=None)
        self.fresh += [self.pairs[row.pk] for row in back]
        self._mark_unfit()
        return changed

    def _is_outer(self, row: Mention) -> bool:
        return self.pairs[row.pk].part_of is None

    def _create(self, paired: Mapping[int, Mention], speakers: Mapping[str, Speaker]) -> None:
        """Make rows for what was not read before, and say of each nested row in which it stands now."""
        made = [mention_row(self.article, m, speakers.get(name_of(m.speaker))) for m in _outer(self.fresh)]
        Mention.objects.bulk_create(made)
        outer = {(r.start, r.end): r for r in (*made, *(r for r in paired.values() if self._is_outer(r)))}
        for pk, row in paired.items():
            around = self.pairs[pk].part_of
            row.part_of = outer.get((around.start, around.end)) if around is not None else None
        nested.keep(self.article, [m for m in self.fresh if m.part_of is not None], list(outer.values()))
        lost = [r.pk for r in self.rows if r.part_of_id and r.retired_at is not None and r.pk not in paired]
        Mention.objects.filter(pk__in=lost).update(part_of=None)  # read no more, so never promoted

    def _bring(self, row: Mention, now: Mention) -> None:
        """Bring a row to what is read there now, with what people said laid over it."""
        for name in ANEW:
            setattr(row, name, getattr(now, name))
        row.read = readings.machine_of(now) if row.read is not None else None
        readings.put(row, readings.values_of(now))
        readings.lay_over(row, self.known[row.pk])

    def unfit(self) -> list[int]:
        """Return the corrections of the machine's reading at whose place there is none now."""
        ids = [one.pk for row in self.rows for one in self.known[row.pk].values() if self._is_unfit(row, one)]
        return sorted(ids)

    def _is_unfit(self, row: Mention, one: Correction) -> bool:
        reading = one.kind == Kind.READING or (one.kind == Kind.ADDED and one.replaces_id is not None)
        return reading and bool(row.read) and row.retired_at is None and row.pk not in self.pairs

    def _mark_unfit(self) -> None:
        unfit = self.unfit()
        mine = Correction.objects.filter(Q(mention__in=self.rows), withdrawn_at__isnull=True)
        mine.filter(pk__in=unfit, unfit_at__isnull=True).update(unfit_at=timezone.now())
        mine.exclude(pk__in=unfit).update(unfit_at=None)


def describe_mention(mention_id: int) -> None:
    """Give a mention that a person added what matching compares: its sentence is read, apart from the article."""
    row = Mention.objects.only("quote", "claim").get(pk=mention_id)
    found = describe([row.quote], model=settings.LANGUAGE_MODEL)[0]
    with transaction.atomic():
        if row.claim_id is not None:
            regrouping.lock_claims(row.claim_id)
        now = mention_row(Article(pk=0), found, None)
        if Mention.objects.filter(pk=mention_id, claim=row.claim_id).update(features=now.features) and row.claim_id:
            standing.refresh([row.claim_id])
            steps.score_later([row.claim_id])
