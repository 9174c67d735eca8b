"""All comparisons by name, in the order in which an editor reads them."""

from __future__ import annotations

from collections.abc import Mapping

from claims.engine.matching import counting, features, telling, wording
from claims.engine.matching.features import Comparing

LEARNED: Mapping[str, Comparing] = {
    f.__name__: f
    for f in (
        features.words, features.meanings, features.coverage, features.rarest, features.spelling,
        wording.phrases, wording.long_phrases, wording.wording, wording.order, wording.length, wording.repeated,
        wording.in_full, wording.edits, wording.both_alone, wording.one_alone, wording.other_numbers,
        features.names, features.stray_names, features.deed, features.actors, features.numbers, features.dates,
        features.places, features.speaker, features.headline, features.negation, features.company,
    )
}  # fmt: skip
"""What the pair sets can teach."""

STRUCTURAL: Mapping[str, Comparing] = {
    f.__name__: f
    for f in (
        counting.unit,
        counting.counted,
        counting.figure,
        counting.fates,
        telling.same_article,
        telling.checking,
        telling.denial,
        telling.gist,
    )
}
"""What they cannot, because figures and articles are rare in them."""

ALL: Mapping[str, Comparing] = {**LEARNED, **STRUCTURAL}
