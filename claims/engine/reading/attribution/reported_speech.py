"""Which attributions report a statement, and whose it is: not wishes, requests, or what is done to somebody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from claims.engine.lexicon.loading import words
from claims.engine.lexicon.words import CLAIM_NOUNS, DENIALS, DOCUMENTS, lexicon
from claims.engine.reading.attribution.candidates import comments
from claims.engine.reading.attribution.model import LABEL, SIGNATURE, Attributed, Attribution
from claims.engine.reading.quantities.groups import is_counted
from claims.engine.reading.syntax import root_of, span_of, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

WISHES = lexicon(
    "want hope wish seek plan try intend expect fear like love hate prefer need support oppose seem appear aim "
    "decide agree refuse decline attempt hesitate continue begin start stop help let make see watch feel ensure "
    "prevent allow know learn realize realise remember forget wonder ask discover find mean show prove depict "
    "feature explain make take give be have do go get keep case refer"
)
"""Verbs whose complement nobody states: what is reported is the wish, the try or the knowledge itself."""

NAMING = DENIALS | lexicon(
    "announce confirm claim allege admit acknowledge report reveal disclose accuse blame estimate predict"
)
"""Cues whose object may be the statement itself ("denied any involvement", "announced a ceasefire")."""

STATEMENTS = CLAIM_NOUNS.union(
    DENIALS,
    lexicon(
        "insistence warning admission confession conclusion declaration announcement complaint testimony revelation "
        "remark argument prediction estimate confirmation finding"
    ),
)
"""Nouns whose "that" clause somebody states; a concern, a hope or a sign is reported itself."""
STANDPOINTS = lexicon("confident certain sure convinced adamant positive clear")
"""The same for adjectives: who is aware or outraged that something holds does not say so."""
JUDGEMENTS = DENIALS | lexicon("call brand label describe term denounce condemn criticise criticize slam")
"""Verbs that a denial goes on with: "rejected the claim that ... and called it groundless"."""

CALLING = lexicon("call name nickname dub know style christen")
"""Verbs that give a name."""
NAME = 4
"""Words of a name that is given, less than this."""
CLAUSAL = lexicon("ccomp inverted aside as according colon colon-verb parataxis quote n:acl n:ccomp a:ccomp")
"""Kinds of attributions whose content is a clause."""
_HEARD = words("en/hearing_verbs") | lexicon("quote cite")
FOLLOWING = frozenset({"inverted", "aside", "quote"})


def reported(doc: Doc, read: Attributed) -> Iterator[Attribution]:
    """The attributions that report a statement, with the denier of a denied claim for its speaker."""
    for one in read.attributions:
        if one.head is not None and not one.direct and is_counted(doc[one.head]):
            continue
        if spoken(doc, one) and not (read.quoted[one.cue] >= 0 and _mute(doc, one)):
            yield _through_claim(doc, _denied(doc, one))


def spoken(doc: Doc, one: Attribution) -> bool:
    """Whether an attribution reports a statement, and not a wish, a request or an opinion about a thing."""
    cue = doc[one.cue]
    lemma = cue.lemma_.lower()
    if one.kind in (LABEL, SIGNATURE):
        return True
    if lemma in CALLING and _names_only(doc, one):
        return False
    if (
        (lemma in WISHES and not (_quoted_by(cue, one) or comments(doc, one.cue, one.head)))
        or _undergone(doc, one)
        or _set_apart(doc, one)
    ):
        return False
    if not one.direct and one.kind in ("n:acl", "n:ccomp") and lemma not in STATEMENTS:
        return False
    if not one.direct and one.kind.startswith("a:") and lemma not in STANDPOINTS:
        return False
    if one.direct or one.kind in CLAUSAL:
        return one.kind != "prep:as"
    if one.kind == "xcomp":
        return lemma in ("deny", "claim", "admit", "allege", "profess", "report", "acknowledge")
    if one.kind.startswith("n:prep"):
        return lemma in DENIALS
    if lemma in ("accuse", "blame"):
        return one.kind.startswith(("dobj", "prep"))
    return lemma in NAMING and one.kind in ("dobj", "dobj+")


def _names_only(doc: Doc, one: Attribution) -> bool:
    """Whether what is quoted is a name that somebody is given, and nothing said: "whom the market calls “Duke”"."""
    inside = [doc[i] for a, b in one.content for i in range(a, b)]
    return sum(t.is_alpha for t in inside) < NAME and not any(t.pos_ in ("VERB", "AUX") for t in inside)


def _quoted_by(cue: Token, one: Attribution) -> bool:
    return one.direct and cue.pos_ == "VERB" and one.kind != "passive"


def _set_apart(doc: Doc, one: Attribution) -> bool:
    """Whether a semicolon parts a frame from what it follows: "The union claims A; the company puts it at B"."""
    end = one.content[-1][1]
    return one.kind in FOLLOWING and not one.direct and any(doc[i].text == ";" for i in range(end, one.cue))


def _undergone(doc: Doc, one: Attribution) -> bool:
    """Whether the source is done something to, and hears nothing: "..., 500 patients were admitted"."""
    head = doc[one.head] if one.head is not None else None
    passive = head is not None and head.dep_ == "nsubjpass" and head.head.i == one.cue
    passive = passive and not (head is not None and head.lower_ == "it")  # "..., it was announced"
    return passive and one.content[0][0] < one.cue and doc[one.cue].lemma_.lower() not in _HEARD


def _mute(doc: Doc, one: Attribution) -> bool:
    """Whether a source is a thing that tells nothing: "this tragedy reminds us that ...", inside a quotation."""
    if one.head is None:
        return False
    head = doc[one.head]
    return head.pos_ == "NOUN" and head.ent_type_ == "" and head.tag_ == "NN" and head.lemma_.lower() not in DOCUMENTS


def _through_claim(doc: Doc, one: Attribution) -> Attribution:
    """ "X dismissed the claim that P and called it groundless": the content is P."""
    noun = root_of(doc, one.content[0])
    if one.kind in ("dobj", "dobj+") and noun.lemma_.lower() in CLAIM_NOUNS:
        clause = next((c for c in noun.rights if c.dep_ in ("acl", "ccomp") and c.n_lefts), None)
        if clause is not None:
            one = replace(one, kind="n:acl", content=((clause.left_edge.i, clause.right_edge.i + 1),))
    if one.kind == "n:acl" and doc[one.cue].lemma_.lower() in DENIALS:
        start, end = one.content[-1]
        return replace(one, content=(*one.content[:-1], (start, _judgement(doc, start, end))))
    return one


def _judgement(doc: Doc, start: int, end: int) -> int:
    """Where in the content of a denial the denier's own next verb begins, else its end."""
    for i in range(start + 1, end - 1):
        verb = doc[i + 1]
        if doc[i].dep_ == "cc" and verb.pos_ == "VERB" and verb.lemma_.lower() in JUDGEMENTS and verb.dep_ == "conj":
            return i
    return end


def _denied(doc: Doc, one: Attribution) -> Attribution:
    """ "X dismissed Y's claim that P": it is X who denies P."""
    cue = doc[one.cue]
    if cue.pos_ == "NOUN" and cue.dep_ in ("dobj", "nsubjpass") and cue.head.lemma_.lower() in DENIALS:
        by = subject_of(cue.head)
        if by is None or by.i == cue.i:
            return replace(one, cue=cue.head.i, source=None, head=None)
        return replace(one, cue=cue.head.i, source=span_of(by), head=by.i)
    return one
