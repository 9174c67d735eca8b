"""What people's judgements mean for given mentions: with which they belong together, and with which never.

A judgement names its mentions by content hash and offsets. A mention that was read again by a newer algorithm, with
its span moved a little, is still the one that was judged: the span that overlaps most stands for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.db.models.functions import Left

from claims.models import Judgement, Mention

Word = Judgement.Word
HASH_LENGTH = 64
_OVERLAP = 0.5


def key_of(mention: Mention) -> str:
    """Return the name of a mention that survives re-ingest: its article's content hash and its offsets."""
    return f"{mention.article.content_hash}:{mention.start}-{mention.end}"


def _parts(key: str) -> tuple[str, int, int]:
    content_hash, _, offsets = key.rpartition(":")
    start, _, end = offsets.partition("-")
    return content_hash, int(start), int(end)


@dataclass(slots=True)
class Bindings:
    """Judgements in force, closed under sameness: A same B and B same C bind A and C."""

    parents: dict[str, str] = field(default_factory=dict)
    apart: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, judgements: Iterable[Judgement]) -> Bindings:
        rows = list(judgements)
        bindings = cls()
        for row in rows:
            if row.word == Word.SAME:
                bindings.join(row.left, row.right)
        for row in rows:
            if row.word == Word.DIFFERENT:
                bindings.apart[bindings._pair(row.left, row.right)] = row.pk
        return bindings

    def root(self, key: str) -> str:
        while key in self.parents:
            key = self.parents[key]
        return key

    def join(self, left: str, right: str) -> None:
        first, second = sorted((self.root(left), self.root(right)))
        if first != second:
            self.parents[second] = first

    def _pair(self, left: str, right: str) -> tuple[str, str]:
        first, second = sorted((self.root(left), self.root(right)))
        return first, second

    def same(self, left: str, right: str) -> bool:
        """Say whether people have bound the two together, directly or through others."""
        return self.root(left) == self.root(right)

    def different(self, left: str, right: str) -> int | None:
        """Return the id of the judgement that keeps the two apart, or None."""
        return self.apart.get(self._pair(left, right))

    def kept_apart_from(self, key: str) -> list[str]:
        """Return a name of each that judgements keep this one apart from, directly or through others."""
        root = self.root(key)
        return sorted({b if root == a else a for a, b in self.apart if root in (a, b)})

    def keys(self) -> set[str]:
        """Return the keys of all mentions that are bound."""
        return set(self.parents) | set(self.parents.values()) | {key for pair in self.apart for key in pair}


def in_force_for(hashes: Collection[str]) -> list[Judgement]:
    """Return the judgements in force on mentions of these articles, and on all that these bind them to in turn."""
    known: dict[int, Judgement] = {}
    frontier, reached = set(hashes), set[str]()
    while frontier:
        rows = Judgement.objects.annotate(one=Left("left", HASH_LENGTH), two=Left("right", HASH_LENGTH)).filter(
            Q(one__in=frontier) | Q(two__in=frontier), withdrawn_at__isnull=True
        )
        reached |= frontier
        frontier = set()
        for row in rows:
            if row.pk not in known and row.word == Word.SAME:
                frontier |= {_parts(row.left)[0], _parts(row.right)[0]} - reached
            known[row.pk] = row
    return [known[pk] for pk in sorted(known)]


def judged(keys: Collection[str], mentions: Sequence[Mention]) -> dict[int, str]:
    """Return under which of ``keys`` each mention was judged, by the mention's id; leaves out the others."""
    by_hash: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        by_hash[_parts(key)[0]].append(key)
    found: dict[int, str] = {}
    for mention in mentions:
        near = [(_overlap(key, mention), key) for key in by_hash.get(mention.article.content_hash, ())]
        best = max(near, default=(0.0, ""))
        if best[0] >= _OVERLAP:
            found[mention.pk] = best[1]
    return found


def _overlap(key: str, mention: Mention) -> float:
    _, start, end = _parts(key)
    shared = min(end, mention.end) - max(start, mention.start)
    return shared / (max(end, mention.end) - min(start, mention.start))


def homes(keys: Collection[str]) -> Mapping[str, int]:
    """Return the claim that holds the mention of each of ``keys``, where there is one."""
    if not keys:
        return {}
    hashes = {_parts(key)[0] for key in keys}
    rows = Mention.objects.filter(article__content_hash__in=hashes, claim__isnull=False)
    found = list(rows.select_related("article").defer("article__text", "features").order_by("pk"))
    names = judged(keys, found)
    return {names[row.pk]: row.claim_id for row in found if row.pk in names and row.claim_id}
