"""Who speaks by the set of the page: labels of transcripts, questions and answers, signatures behind a dash.

"LENA FISK, ENGINEER: ..." opens a turn, which lasts until the next label; "“...” — Rosa Ibarra, teacher" signs one.
All is told by the letters, before any parse, so that a label and what it opens are parsed as sentences of their own.
A subhead ("CAR STATS: ..."), a dateline ("NEW DELHI: ...") and a credit open no turn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from claims.engine.countries import country_of
from claims.engine.lexicon.loading import phrases, words
from claims.engine.reading.text.signatures import Stretch, signed
from claims.engine.reading.text.spelling import NAME_WORD, capitals_as_name, known_first_name

_LABEL = re.compile(r"(?:>>+\s*|[-–—]\s+)?(?P<label>[^\s:“\"][^:\n“”\"?!]{0,110}?)(?P<colon>\s?:)\s+(?=\S)")
_QUESTION = re.compile(r"(?P<label>Q|Question|QUESTION)(?P<colon>[:.])\s+(?=\S)")
_ANSWER = re.compile(r"(?P<label>A|Answer|ANSWER)(?P<colon>[:.])\s+(?=\S)")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{1,60})[)\]]")
_PARTY = re.compile(r"[A-Z]{1,4}(?:[-–—,/]\s?[A-Z][\w. ]{0,20})+|@\w{2,30}")
_TITLE = re.compile(
    r"(?:mr|mrs|ms|miss|dr|prof|sir|dame|lord|lady|sen|rep|gov|gen|lt|col|maj|sgt|capt|det|insp|adm|rev|hon|amb|pres"
    r"|smt|shri|senator|representative|governor|general|lieutenant|colonel|major|sergeant|captain|detective"
    r"|inspector|admiral|sheriff|judge|justice|president|mayor|chief|secretary|minister|chairman|chairwoman"
    r"|professor|congressman|congresswoman|ambassador|councillor|commissioner|reverend|deputy|officer)\b\.?\s+",
    re.IGNORECASE,
)
_STAGE = re.compile(r"[(\[][^()\[\]]*[)\]]\.?")
_INTERVIEW = re.compile(
    r"\b(?:sp(?:oke|eaks|oken)|talk(?:ed|s)|sat down|sits down|caught up|catches up|chat(?:ted|s)|interview(?:ed|s)?"
    r"|conversation|questions|joined|asked|met)\s+(?:to|with|by|for)?\s*"
)
_DESCRIBED = re.compile(r",? (?:who|about (?:her|his|their))\b|, (?:the|a|an) ")
_ASKING = re.compile(r"\b(?:reporter|correspondent|editor|journalist|presenter|host|our)\b", re.IGNORECASE)
"""Words by which somebody is known to ask, and not to answer."""
_FULL_NAME = re.compile(rf"{NAME_WORD}(?: (?:{NAME_WORD}|van|der|von|de|da|bin|al|del|la)){{1,3}}")
FEW = 40
"""Labels of a text at most, of which each is looked for in the prose, so that the work stays linear."""
MOST = 0.4
"""The share of paragraphs with a label from which a text is a transcript, where a turn goes on over paragraphs."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says: label or signature (``start`` to ``end``), whose, and the content; offsets into the text.

    ``name`` is "" where the label names nobody that the text knows. ``mark``: the colon or the dash.
    """

    start: int
    end: int
    mark: int
    name: str
    content: tuple[Stretch, ...]
    signature: bool = False


@dataclass(frozen=True, slots=True)
class _Label:
    paragraph: int
    start: int
    end: int
    colon: int
    body: int
    name: str
    strong: bool
    capitals: bool
    kind: str = "label"


def turns(text: str, paragraphs: Sequence[Stretch]) -> tuple[Turn, ...]:
    """Return the turns and signed quotations of a text, in order; linear in its length."""
    labels = _accepted(text, paragraphs, list(_labels(text, paragraphs)))
    found = list(_opened(text, paragraphs, labels))
    covered = {one.start for one in found}
    signatures = (Turn(*one, signature=True) for one in signed(text, paragraphs))
    found.extend(one for one in signatures if one.start not in covered)
    return tuple(sorted(found, key=lambda one: one.start))


def _labels(text: str, paragraphs: Sequence[Stretch]) -> Iterator[_Label]:
    for number, (start, end) in enumerate(paragraphs):
        for kind, pattern in (("question", _QUESTION), ("answer", _ANSWER), ("label", _LABEL)):
            match = pattern.match(text, start, min(end, start + 130))
            if match is None:
                continue
            at = match.start("label"), match.end("label"), match.start("colon")
            if kind != "label":
                yield _Label(number, *at, match.end(), "", strong=False, capitals=True, kind=kind)
            elif (read := _read(match["label"].strip())) is not None:
                yield _Label(number, *at, match.end(), *read)
            break


def _read(label: str) -> tuple[str, bool, bool] | None:
    """The name in a label, whether the label can only be a speaker's, and whether it is in capitals; None: no label."""
    brackets = [found.strip() for found in _BRACKETS.findall(label)]
    plain = _BRACKETS.sub("", label).strip()
    marked = any(b.lower() in phrases("en/turn_marks") or _PARTY.fullmatch(b) for b in brackets)
    named, _, role = plain.partition(",")
    title = _TITLE.match(named + " ")
    inner = next((b for b in brackets if _TITLE.match(b)), "")
    if inner and named.lower().startswith("the "):  # "The Chancellor (Mr. Ben Ashe)"
        named, title, marked = inner, None, True
    elif named.lower().startswith("the "):
        return None
    titled = title is not None
    while (found := _TITLE.match(named)) is not None:
        named, titled = named[found.end() :], True
    bare = named.split()
    if not bare or len(bare) > 4 or not all(_name_like(word) for word in bare):
        return None
    if {word.lower().rstrip(".") for word in bare} & words("en/label_nouns") and not marked:
        return None
    capitals = named.isupper()
    full = len(bare) > 1 and known_first_name(bare[0])
    described = bool(role.strip()) and (role.isupper() or role.strip()[:1].islower() or full)
    strong = marked or (titled and len(bare) > 0) or full or (described and len(bare) > 1)
    strong = strong or (bool(brackets) and titled)
    if country_of(capitals_as_name(named)) or (not capitals and len(bare) == 1 and not marked and not titled):
        return (named, False, False) if not capitals and not country_of(named) else None
    return capitals_as_name(named), strong, capitals


def _name_like(word: str) -> bool:
    return re.fullmatch(NAME_WORD, word) is not None or word in ("van", "der", "von", "de", "da", "bin", "al", "del")


def _accepted(text: str, paragraphs: Sequence[Stretch], labels: Sequence[_Label]) -> list[_Label]:
    """The labels that open a turn: the sure ones, and those that a transcript's other labels make so."""
    kinds = Counter(one.kind for one in labels)
    asked = kinds["question"] and kinds["answer"]
    names = [one for one in labels if one.kind == "label"]
    caps = [one for one in names if one.capitals]
    again = Counter(one.name for one in caps)
    sure = any(one.strong for one in names)  # else they may be datelines
    transcript = len(caps) > 1 and ((sure and 2 * len(caps) >= len(paragraphs)) or max(again.values()) > 1)
    known = {one.name.split()[-1] for one in names if one.strong or (transcript and one.capitals)}
    found = []
    for one in labels:
        if one.kind != "label":
            ok = bool(asked)
        else:
            short = " " not in one.name and one.name in known
            ok = one.strong or short or (transcript and one.capitals)
            ok = ok or (len(labels) <= FEW and _named_elsewhere(text, one))
        if ok:
            found.append(one)
    return found


def _named_elsewhere(text: str, one: _Label) -> bool:
    """Whether the text names the bearer of a label of two words in its prose: "Aas Lindqvist said ..."."""
    if " " not in one.name:
        return False
    return re.search(rf"\b{re.escape(one.name)}\b(?!\s?:)", text) is not None


def _opened(text: str, paragraphs: Sequence[Stretch], labels: Sequence[_Label]) -> Iterator[Turn]:
    """The turns that labels open, each under the full name of its label's bearer."""
    full = {one.name.split()[-1]: one.name for one in reversed(labels) if " " in one.name}
    shared = Counter(name.split()[-1] for name in {one.name for one in labels if " " in one.name})
    answering = _interviewee(text[: paragraphs[labels[0].paragraph][0]]) if labels else ""
    goes_on = len(labels) > 2 and len(labels) >= MOST * len(paragraphs)
    for at, one in enumerate(labels):
        last = labels[at + 1].paragraph if at + 1 < len(labels) else len(paragraphs)
        stop = last if goes_on and one.capitals else one.paragraph + 1
        content = [(one.body, paragraphs[one.paragraph][1])]
        for start, end in paragraphs[one.paragraph + 1 : stop]:
            if not _STAGE.fullmatch(text[start:end].strip()):
                content.append((start, end))
        name = answering if one.kind == "answer" else one.name
        if name and " " not in name and shared[name] == 1:
            name = full[name]
        yield replace(Turn(one.start, one.end, one.colon, name, tuple(content)))


def _interviewee(introduction: str) -> str:
    """Who is asked: the only person in the introduction, or whom it describes as the one spoken to.

    Of two, "Peter Moll spoke to novelist Nora Falk" tells which one; "spoke to Karl Benn" may name who asked.
    """
    introduction = introduction[-3000:]
    found = list(dict.fromkeys(_full_names(introduction)))
    if len(found) < 2:
        return found[0] if found else ""
    for match in _INTERVIEW.finditer(introduction):
        stop = re.search(r"[.;:\n]", introduction[match.end() :])
        clause = introduction[match.end() : match.end() + (stop.start() if stop else 200)][:200]
        name = next(_full_names(clause), "")
        before, _, behind = clause.partition(name) if name else ("", "", "")
        if name and (before.strip() or _DESCRIBED.match(behind)) and not _ASKING.search(f"{before} {behind[:40]}"):
            return name
    return ""


def _full_names(text: str) -> Iterator[str]:
    for match in _FULL_NAME.finditer(text):
        found = match[0].split()
        while len(found) > 1 and not known_first_name(found[0]):
            found = found[1:]
        if len(found) > 1:
            yield " ".join(found)
