"""Where equal words go: a copy of a statement that people have put into a claim follows it there.

People's judgements name the mentions that they saw. Another article may say the same in the same words later: what
they said of the statement holds for its words, as long as they have not put these words into two claims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from claims.engine import types
from claims.engine.matching.claims import compare
from claims.engine.matching.comparing import ComparisonContext
from claims.engine.matching.wording import wording
from claims.engine.names import fold
from claims.models import Mention
from claims.services.binding import Bindings
from claims.services.records import mention_of

Link = tuple[int, int]
_ENDS = " .!?\"'"


def written_alike(story_id: int, rows: Sequence[Mention]) -> list[Mention]:
    """Return the other matched mentions of the story whose quotes are written like one of these."""
    bare = {fold(row.quote).strip(_ENDS) for row in rows}
    written = {form + end for form in bare for end in ("", ".", "!", "?")}
    found = Mention.objects.filter(folded__in=written, claim__story_id=story_id, claim__merged_into__isnull=True)
    others = found.exclude(pk__in=[row.pk for row in rows]).select_related("speaker", "article__source")
    return list(others.defer("article__text").order_by("pk"))


def judged_by_words(names: Mapping[int, str], alike: Sequence[Mention]) -> dict[str, list[tuple[str, types.Mention]]]:
    """Return wording -> the names (``binding.judged``) of the mentions among ``alike`` that say it, with each."""
    found: dict[str, list[tuple[str, types.Mention]]] = defaultdict(list)
    for row in alike:
        if row.pk in names:
            mention = mention_of(row)
            found[wording(mention)].append((names[row.pk], mention))
    found.pop("", None)
    return dict(found)


def links(
    mentions: Sequence[types.Mention], known: Mapping[int, str], bindings: Bindings, context: ComparisonContext
) -> list[Link]:
    """Return each mention that nobody has judged with the judged one (``known``: place -> name) of the same words.

    None where people keep two of these words apart, or where a veto keeps the two mentions apart: same words of
    another day, for instance.
    """
    under: dict[str, list[int]] = defaultdict(list)
    for place in sorted(known):
        under[wording(mentions[place])].append(place)
    under.pop("", None)
    found = []
    for place, mention in enumerate(mentions) if under else ():
        same = under.get(wording(mention), []) if place not in known else []
        if not same or _parted([known[p] for p in same], bindings):
            continue
        if compare(mention, mentions[same[0]], context=context).veto is None:
            found.append((same[0], place))
    return found


def _parted(names: Sequence[str], bindings: Bindings) -> bool:
    pairs = ((a, b) for at, a in enumerate(names) for b in names[at + 1 :])
    return any(bindings.different(a, b) is not None for a, b in pairs)
