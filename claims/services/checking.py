"""Was this claimed before? The claims in a text, each with the desk's claims that it repeats. Nothing is stored.

The text is read as an article is, and the claims are looked up by the keys under which the matcher finds them. Reading
takes a processor for a moment, so one text is read at a time in a process; no transaction is open meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.db.models import Count

from claims.engine import names, types
from claims.engine.matching.claims import ClaimProfile, agreement, context_of, told_by
from claims.engine.matching.retrieval import Hit, Holdings, Known, affordable, lookup_keys, nearest_by_words, rank
from claims.engine.matching.weights import shipped
from claims.engine.reading.mentions import describe, read
from claims.engine.worth import is_fragment, worth
from claims.errors import CheckError
from claims.models import Claim, ClaimKey, Mention
from claims.querysets import claims_for_desk
from claims.services.extraction import known_people
from claims.services.records import mention_of

LONGEST = 20_000
"""So many characters at most a text may have that is checked: some ten pages."""
LONGEST_CLAIM = 1_000
MOST_STATEMENTS = 12
"""So many claims of a text at most are looked up: those most worth checking."""
_TOLD = 3
"""So many mentions at most speak for a claim of the desk."""
_MOST_ROWS = 60_000

_reading = Lock()


@dataclass(frozen=True, slots=True)
class KnownClaim:
    """A claim of the desk that a statement may repeat. ``same``: the matcher would take the two for one claim."""

    claim: Claim
    score: float
    same: bool
    comparisons: tuple[types.Comparison, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim in the text: how it reads alone, where it stands, what it is worth checking, and what is known of it."""

    text: str
    mention: types.Mention
    worth: float
    fragment: bool
    known: tuple[KnownClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a text. ``unread`` says why nothing was read, ``partly`` why not all; ``left_out`` how many
    claims were read that are less worth checking, and not looked up."""

    language: str
    unread: str
    partly: str
    statements: tuple[Statement, ...]
    left_out: int = 0


def check_text(text: str, language: str = "") -> Checked:
    """Return the claims in ``text`` with what the desk knows of each, in the order of the text.

    Raises ``CheckError`` for an empty or too long text.
    """
    _refuse(text, LONGEST, "text")
    document = types.Document("", "", text, language=language)
    known = known_people()
    with _reading:
        reading = next(iter(read([document], model=settings.LANGUAGE_MODEL, known=known)))
    found = [_statement(mention) for mention in reading.mentions]
    worthy = sorted(range(len(found)), key=lambda place: (found[place].fragment, -found[place].worth, place))
    chosen = [found[place] for place in sorted(worthy[:MOST_STATEMENTS])]
    return Checked(
        reading.language, reading.unread, reading.partly, _with_known(chosen), max(len(found) - MOST_STATEMENTS, 0)
    )


def check_claim(text: str) -> Checked:
    """Return ``text``, taken for one claim, with what the desk knows of it.

    Raises ``CheckError`` for an empty or too long text.
    """
    _refuse(text, LONGEST_CLAIM, "claim")
    with _reading:
        mention = describe([text], model=settings.LANGUAGE_MODEL)[0]
    return Checked("", "", "", _with_known([_statement(mention)]))


def _refuse(text: str, longest: int, field: str) -> None:
    if names.blank(text):
        raise CheckError("There is nothing to check.", field=field)
    if len(text) > longest:
        raise CheckError(f"At most {longest} characters are checked at once.", field=field)


def _statement(mention: types.Mention) -> Statement:
    text, told = told_by([mention])
    return Statement(text, mention, worth([mention]), is_fragment(text, told))


def _with_known(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return the statements with the known claims that they repeat; seven queries, however many there are."""
    keys = [lookup_keys(statement.mention) for statement in statements]
    holdings = _holdings({key for some in keys for key in some})
    chosen = [affordable(some, holdings) for some in keys]
    under = _under({key for some in chosen for key in some})
    near = [nearest_by_words(some, under, holdings) for some in chosen]
    shelf = _known({int(claim) for some in near for claim in some})
    context = context_of()
    hits = [
        rank(statement.mention, [shelf[claim] for claim in some if claim in shelf], holdings, context)
        for statement, some in zip(statements, near, strict=True)
    ]
    claims = _claims({int(hit.id) for some in hits for hit in some})
    return tuple(
        Statement(one.text, one.mention, one.worth, one.fragment, tuple(_shown(one, some, shelf, claims)))
        for one, some in zip(statements, hits, strict=True)
    )


def _shown(
    statement: Statement, hits: Iterable[Hit], shelf: Mapping[str, Known], claims: Mapping[int, Claim]
) -> Iterable[KnownClaim]:
    for hit in hits:
        if int(hit.id) in claims:
            profile = ClaimProfile(hit.id, shelf[hit.id].mentions)
            together, _ = agreement(statement.mention, profile, context_of())
            same = together >= shipped().join
            yield KnownClaim(claims[int(hit.id)], hit.score, same, hit.nearest.comparisons)


def _holdings(keys: Collection[str]) -> Holdings:
    held = ClaimKey.objects.filter(key__in=keys).values("key").annotate(number=Count("pk")).order_by()
    total = Claim.objects.filter(merged_into__isnull=True).count()
    return Holdings(total, dict(held.values_list("key", "number")))


def _under(keys: Collection[str]) -> Mapping[str, list[str]]:
    rows = ClaimKey.objects.filter(key__in=keys, claim__merged_into__isnull=True).order_by("-claim_id", "key")
    under: dict[str, list[str]] = {}
    for key, claim in rows.values_list("key", "claim_id")[:_MOST_ROWS]:
        under.setdefault(key, []).append(str(claim))
    return under


def _known(ids: Collection[int]) -> dict[str, Known]:
    """Return the claims with the mentions that speak for them."""
    claims = {claim.pk: claim for claim in Claim.objects.only("text", "profile").filter(pk__in=ids)}
    speaking = [pk for claim in claims.values() for pk in claim.profile.get("mentions", ())[:_TOLD]]
    rows = Mention.objects.filter(pk__in=speaking, claim__in=claims).order_by("pk")
    told: dict[int, list[types.Mention]] = {pk: [] for pk in claims}
    for row in rows.select_related("speaker", "article__source").defer("article__text", "article__digest"):
        told[row.claim_id or 0].append(mention_of(row))
    return {str(pk): Known(str(pk), claim.text, tuple(told[pk])) for pk, claim in claims.items()}


def _claims(ids: Collection[int]) -> dict[int, Claim]:
    return {claim.pk: claim for claim in claims_for_desk().filter(pk__in=ids)}
