"""What a sentence is judged checkable by: its form (``form``), its words (``words``) and their places (``places``).

All are read off the parse, in time linear in the length. Forms are few and documented here; words are lemmas and pairs
of neighbouring lemmas, with every number written "0". What each weighs is fitted (``weights/detection.json``).
"""

from __future__ import annotations

from collections import Counter
from math import log1p
from typing import Final

from spacy.tokens import Span, Token

_SPEAKERS: Final = {
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), "i"),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), "we"),
    **dict.fromkeys(("you", "your", "yours"), "you"),
    **dict.fromkeys(("he", "she", "they", "him", "her", "them", "his", "their", "it", "its"), "they"),
    **dict.fromkeys(("this", "that", "these", "those", "there"), "this"),
}
_MODALS: Final = frozenset(
    ("will", "would", "can", "could", "should", "must", "may", "might", "shall", "'ll", "’ll", "'d", "’d", "ca", "wo")
)
_PARTS: Final = ("NOUN", "PROPN", "VERB", "AUX", "ADJ", "ADV", "PRON", "NUM", "ADP", "DET", "SCONJ", "INTJ", "PART")
_TAGS: Final = ("VBD", "VBN", "VBZ", "VBP", "VB", "VBG", "MD", "JJR", "JJS", "CD", "WP", "WRB", "UH", "NNS", "NNP")
_ENTITIES: Final = ("PERSON", "ORG", "GPE", "DATE", "MONEY", "PERCENT", "CARDINAL", "NORP", "LAW", "EVENT", "QUANTITY")
_RELATIONS: Final = ("ccomp", "xcomp", "advcl", "relcl", "nummod", "nsubjpass", "agent", "conj", "mark", "neg", "expl")
_CLOSED: Final = frozenset(("VERB", "AUX", "ADV", "SCONJ", "PART", "PRON"))
_QUOTES: Final = frozenset('"“”‘’`')
_SUBJECTS: Final = frozenset(("nsubj", "nsubjpass", "expl", "csubj"))


def form(sent: Span) -> dict[str, float]:
    """Return the features of form; those that are absent are zero.

    ``length`` (log of words), ``short`` and ``tiny``; ``part:X`` share of a part of speech; ``tag:X``, ``entity:X``,
    ``relation:X`` counts up to 3; ``person:X`` who is spoken of (i, we, you, they, this); ``modal``, ``digit``, ``ask``
    (question mark), ``shout`` (exclamation mark), ``quoted``; of the main verb ``root:TAG``, ``order`` (an imperative),
    ``past``, ``perfect``, ``progressive``, ``modal verb``, ``no subject`` and ``subject:X``.
    """
    tokens = [token for token in sent if not token.is_space]
    spoken = [token for token in tokens if token.pos_ != "PUNCT"]
    count = max(len(spoken), 1)
    parts = Counter(token.pos_ for token in spoken)
    features = {"length": log1p(count)}
    features.update((f"part:{part}", parts[part] / count) for part in _PARTS if parts[part])
    seen: Counter[str] = Counter()
    for token in tokens:
        _count(token, seen)
    features.update((name, float(min(number, 3))) for name, number in seen.items())
    if count < 5:
        features["short"] = 1.0
    if count < 3:
        features["tiny"] = 1.0
    _main_verb(sent.root, features)
    return features


def _count(token: Token, seen: Counter[str]) -> None:
    if token.tag_ in _TAGS:
        seen[f"tag:{token.tag_}"] += 1
    if token.ent_iob_ == "B" and token.ent_type_ in _ENTITIES:
        seen[f"entity:{token.ent_type_}"] += 1
    if token.dep_ in _RELATIONS:
        seen[f"relation:{token.dep_}"] += 1
    word = token.lower_
    if (person := _SPEAKERS.get(word)) is not None:
        seen[f"person:{person}"] += 1
    elif word in _MODALS:
        seen["modal"] += 1
    elif word == "?":
        seen["ask"] += 1
    elif word == "!":
        seen["shout"] += 1
    elif word in _QUOTES:
        seen["quoted"] += 1
    elif word[0].isdigit():
        seen["digit"] += 1


def _main_verb(root: Token, features: dict[str, float]) -> None:
    children = list(root.children)
    subjects = [token for token in children if token.dep_ in _SUBJECTS]
    helpers = [token for token in children if token.dep_ in ("aux", "auxpass")]
    features[f"root:{root.tag_}"] = 1.0
    modal = any(token.tag_ == "MD" for token in helpers)
    if modal:
        features["modal verb"] = 1.0
    if root.tag_ == "VBD" or any(token.tag_ == "VBD" for token in helpers):
        features["past"] = 1.0
    if any(token.lemma_ == "have" for token in helpers):
        features["perfect"] = 1.0
    if any(token.lemma_ == "be" for token in helpers):
        features["progressive"] = 1.0
    if subjects:
        who = _SPEAKERS.get(subjects[0].lower_, "noun" if subjects[0].pos_ in ("NOUN", "PROPN") else "other")
        features[f"subject:{who}"] = 1.0
    else:
        features["no subject"] = 1.0
        if root.tag_ == "VB" and not modal and not any(token.lower_ == "to" for token in helpers):
            features["order"] = 1.0


def words(sent: Span) -> list[str]:
    """Return the distinct words and pairs of neighbours: lemmas, in lower case, pronouns as they stand, numbers "0"."""
    lemmas = [_word(token) for token in sent if not token.is_space]
    pairs = zip(["<", *lemmas], [*lemmas, ">"], strict=True)
    return list(dict.fromkeys((*lemmas, *(f"{one} {other}" for one, other in pairs))))


def places(sent: Span) -> list[str]:
    """Return the distinct words with their place in the parse: "relation>word<part of speech of the head".

    Nouns, adjectives and names stand there as their part of speech.
    """
    found = (
        f"{token.dep_}>{_word(token) if token.pos_ in _CLOSED else token.pos_}<{token.head.pos_}"
        for token in sent
        if not token.is_space
    )
    return list(dict.fromkeys(found))


def _word(token: Token) -> str:
    if token.pos_ == "NUM":
        return "0"
    return str(token.lower_ if token.pos_ == "PRON" else token.lemma_.lower())
