"""Whom and what a pronoun stands for, where the grammar of its sentence or the people of the article tell; else nobody.

Told by grammar: the subject of "after they had come" is that of its main clause, and what "Bell said she had fled" says
of "she" is said of Bell. Told by the article: "he" is the one person whom the sentence before is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.engine.lexicon.words import lexicon
from claims.engine.reading.people.names import fold
from claims.engine.reading.people.registry import Registry
from claims.engine.reading.syntax import borrowed_subject, own_subject, root_of, span_of
from claims.engine.types import Entity, Speaker, SpeakerKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence

    from claims.engine.reading.attribution.model import Attribution

LONGEST_NAME = 10
"""Words of a phrase that is put in a pronoun's place at most; of a longer one its core."""
_ONE = frozenset({"he", "she", "him", "her", "his"})
_THING = frozenset({"it", "its"})
_SEVERAL = frozenset({"they", "them", "their"})
PRONOUNS = _ONE | _THING | _SEVERAL
POSSESSIVES = frozenset({"his", "her", "its", "their"})
_PLURAL = frozenset({"NNS", "NNPS"})
_SINGULAR = frozenset({"NN", "NNP"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_SAYING = frozenset({"say", "tell", "add", "write", "claim", "announce", "report", "confirm", "explain", "note"})
_PAIRS = lexicon("pair couple trio duo family group team crew police majority")
_GROUPS = lexicon("family couple pair crew staff public crowd media press audience jury panel union team group company")
_NO_PERSON = frozenset({SpeakerKind.BODY, SpeakerKind.DOCUMENT, SpeakerKind.OUTLET, SpeakerKind.AGENCY})
_OF_SEVERAL = frozenset({"one", "other", "another", "latter", "former"})
_BODIES = frozenset({"ORG", "GPE", "PRODUCT", "NORP"})
_TIMES = frozenset({"DATE", "TIME"})


@dataclass(frozen=True, slots=True)
class Referent:
    """What a pronoun stands for: the words to show, its lemma, its name where it is a person's ("" else), its head."""

    text: str
    lemma: str
    person: str = ""
    head: int | None = None


def stands_for(token: Token, one: Attribution | None, speaker: Speaker, registry: Registry) -> Referent | None:
    """What the pronoun ``token`` stands for in a statement of ``speaker``; None where that is not sure."""
    word = token.lower_
    if word not in PRONOUNS:
        return None
    if one is not None and one.head == token.i:
        return _speaking(speaker, registry)
    if word in _ONE and token.i in registry.meant:
        return _by_name(registry.meant[token.i], registry)
    inside = one is not None and any(start <= token.i < end for start, end in one.content) and one.kind != "request"
    if one is not None and inside and not one.direct and one.cue < token.i and _of_content(token, one):
        told = _told_by(token, one, speaker)
        return told if told is not None or word not in _SEVERAL else _of_main_clause(token)
    by_grammar = _of_main_clause(token)
    if word in _ONE and by_grammar is not None and token.doc[by_grammar.head or 0].ent_type_ == "PERSON":
        return None  # a name that the weighing of the whole article was not sure of
    if by_grammar is not None or (inside and (one is None or one.direct or speaker.kind not in _NO_PERSON)):
        return by_grammar
    return _thing_before(token) if word not in _ONE and token.dep_ in _SUBJECTS else None


def main_pronoun(doc: Doc, words: tuple[int, int]) -> Token | None:
    """The pronoun that a clause is about: its subject, or the owner of its subject; else the one that opens it."""
    by = own_subject(root_of(doc, words))
    if by is not None and words[0] <= by.i < words[1]:
        if by.lower_ in PRONOUNS:
            return by
        if by.left_edge.lower_ in POSSESSIVES and by.left_edge.dep_ == "poss":
            return by.left_edge
    return doc[words[0]] if doc[words[0]].lower_ in PRONOUNS else None


def people_meant(
    doc: Doc, stretch: tuple[int, int], one: Attribution | None, speaker: Speaker, registry: Registry
) -> tuple[Entity, ...]:
    """Whom the pronouns of a stretch stand for, as entities: people, and the speaker of "Kyiv said it had ..."."""
    found: list[Entity] = []
    for i in range(*stretch):
        token = doc[i]
        if token.lower_ in ("he", "she", "him") and token.pos_ == "PRON":
            name = registry.likely.get(i, "")
            if name:
                found.append(Entity(fold(name), "PERSON"))
    first, direct = doc[stretch[0]], one is not None and one.direct
    if not direct and first.lower_ in ("it", "they") and first.dep_ == "nsubj" and speaker.kind is SpeakerKind.BODY:
        country = speaker.canonical.removeprefix("Government of ")
        found.append(Entity(country.lower(), "ORG" if country == speaker.canonical else "GPE"))
    return tuple(dict.fromkeys(found))


def _speaking(speaker: Speaker, registry: Registry) -> Referent | None:
    """ "He urged citizens to leave": the speaker himself."""
    if speaker.kind is not SpeakerKind.PERSON or " " not in speaker.canonical:
        return None
    return _by_name(speaker.canonical, registry)


def _by_name(name: str, registry: Registry) -> Referent:
    """A person as the article writes the name."""
    return Referent(registry.written(name), name.rsplit(maxsplit=1)[-1].lower(), name)


def _of_main_clause(token: Token) -> Referent | None:
    """ "after they had come", "..., and they are held": the one noun of the clause before or around that agrees."""
    verb = token.head
    if token.dep_ not in _SUBJECTS or verb.dep_ not in ("advcl", "conj") or verb.head.pos_ not in ("VERB", "AUX"):
        return None
    if token.lower_ in _THING and any(c.dep_ in ("ccomp", "csubj") for c in verb.children):
        return None  # "it is feared that ..."
    main = verb.head
    if verb.dep_ == "conj":  # "Two men were caught, Bell said, and they are held": what was said comes first
        main = next((c for c in main.lefts if c.dep_ == "ccomp"), main)
    by = own_subject(main) or borrowed_subject(main)
    if by is not None and by.i < token.i and by.pos_ == "PRON" and by.lower_ == token.lower_:
        return None
    nouns = [*([by] if by is not None else []), *(_objects(main, token.i) if token.lower_ not in _THING else [])]
    fitting = [noun for noun in nouns if noun.i != token.i and agrees(token.lower_, noun)]
    return Referent(shown(fitting[0]), fitting[0].lemma_.lower(), head=fitting[0].i) if len(fitting) == 1 else None


def _objects(verb: Token, before: int) -> Iterator[Token]:
    """The nouns that a verb governs before a token, also through a preposition."""
    for child in verb.rights:
        if child.i >= before:
            return
        if child.dep_ in ("dobj", "dative", "attr"):
            yield child
        elif child.dep_ == "prep":
            yield from (noun for noun in child.children if noun.dep_ == "pobj" and noun.ent_type_ not in _TIMES)


def agrees(pronoun: str, noun: Token) -> bool:
    """Whether a pronoun can stand for a noun, by number and by what kind of name it is."""
    if noun.lower_ in _OF_SEVERAL:
        return pronoun in _ONE
    if noun.pos_ not in ("NOUN", "PROPN"):
        return False
    several = noun.tag_ in _PLURAL or any(child.dep_ == "conj" for child in noun.rights)
    if pronoun in _SEVERAL:
        return several or noun.lemma_.lower() in _PAIRS
    if several or noun.tag_ not in _SINGULAR:
        return False
    person = noun.ent_type_ == "PERSON"
    somebody = person or (noun.ent_type_ == "" and noun.lemma_.lower() not in _GROUPS)
    return not person if pronoun in _THING else somebody


def _of_content(token: Token, one: Attribution) -> bool:
    """Whether a pronoun opens one of the main clauses of an indirect quotation."""
    verb = token.head
    if token.dep_ not in (*_SUBJECTS, "poss"):
        return False
    for _ in range(6):
        opened = verb.dep_ == "conj" and any(c.lower_ == "that" and c.dep_ == "mark" for c in verb.lefts)
        if opened or (verb.dep_ in ("ccomp", "xcomp") and verb.head.i == one.cue):
            return True
        if verb.dep_ not in ("conj", "nsubj", "nsubjpass", "attr"):
            return False
        verb = verb.head
    return False


def _told_by(token: Token, one: Attribution, speaker: Speaker) -> Referent | None:
    """ "Beijing said it was checking", "One captive said he had paid": who says so, where nobody by name is."""
    if one.head is None:
        return None
    head, word = token.doc[one.head], token.lower_
    if word in _ONE:
        if speaker.kind is not SpeakerKind.UNKNOWN or not agrees(word, head):
            return None
        return Referent(shown(head), head.lemma_.lower(), head=head.i)
    if token.head.lemma_ == "be" or token.dep_ == "poss" or _by_the_way(token.doc[one.cue]) or _after_colon(token, one):
        return None  # "The party says it was an accident", "rejected the offer, saying it was too low"
    if word in _THING and speaker.kind in (SpeakerKind.BODY, SpeakerKind.DOCUMENT, SpeakerKind.OUTLET):
        return Referent(_name(head, speaker), _lemma(head, speaker), head=head.i if head.pos_ != "PRON" else None)
    if word in _SEVERAL and agrees(word, head):
        return Referent(_name(head, speaker), _lemma(head, speaker), head=head.i if head.pos_ != "PRON" else None)
    return None


def _after_colon(token: Token, one: Attribution) -> bool:
    """ "Do not drink the water, the agency wrote: it is foul": the pronoun goes on with what was said before."""
    return any(token.doc[i].text == ":" for i in range(one.cue, token.i))


def _by_the_way(cue: Token) -> bool:
    """Whether a cue goes on after a deed that had an object: "rejected the offer, saying ..."."""
    return cue.tag_ == "VBG" and cue.head.i != cue.i and any(c.dep_ == "dobj" for c in cue.head.children)


def _name(head: Token, speaker: Speaker) -> str:
    return speaker.canonical if head.pos_ == "PRON" or not speaker.text else shown(head)


def _lemma(head: Token, speaker: Speaker) -> str:
    return head.lemma_.lower() if head.pos_ != "PRON" else speaker.canonical.split()[-1].lower()


def _thing_before(token: Token) -> Referent | None:
    """What "it" and "they" stand for that a sentence is about: the subject of the sentence before, and only that."""
    doc, start = token.doc, token.sent.start
    if token.head.dep_ != "ROOT" or start == 0 or any(c.dep_ in ("ccomp", "csubj") for c in token.head.children):
        return None
    before = doc[start - 1].sent
    by = _topic(before)
    if by is None or not agrees(token.lower_, by) or (token.lower_ in _THING and by.ent_type_ not in _BODIES):
        return None
    rivals = [t for t in before if t.i != by.i and _rivals(token.lower_, t, by)]
    return None if rivals else Referent(shown(by), by.lemma_.lower(), head=by.i)


def _rivals(pronoun: str, noun: Token, by: Token) -> bool:
    """Whether another noun of the sentence before may be meant as well."""
    if by.left_edge.i <= noun.i <= by.right_edge.i or noun.dep_ in ("compound", "poss", "nmod", "npadvmod"):
        return False
    if pronoun in _THING:
        return noun.ent_type_ in _BODIES and noun.ent_type_ != "GPE" and noun.text != by.text
    return noun.tag_ in _PLURAL and noun.ent_type_ not in _TIMES


def _topic(sentence: Sentence) -> Token | None:
    """The subject of a sentence; of "Bell says Gordon fled" that of what is said."""
    verb = sentence.root
    for _ in range(3):
        inner = next((c for c in verb.children if c.dep_ == "ccomp"), None)
        if verb.lemma_ not in _SAYING or inner is None:
            break
        verb = inner
    return own_subject(verb)


def introducer(doc: Doc, mark: int) -> Token | None:
    """Who speaks in a quotation that the sentence before leads to: "Bell issued a statement: | “We mourn ...”"."""
    start = doc[mark].sent.start
    if start == 0:
        return None
    before = doc[start - 1].sent
    colon = next(
        (doc[i] for i in range(before.end - 1, max(before.start, before.end - 3), -1) if doc[i].text == ":"), None
    )
    return own_subject(before.root) if colon is not None else None


def shown(noun: Token) -> str:
    """The phrase of a noun, to be read in a pronoun's place; its core where it is long."""
    start, end = span_of(noun)
    if noun.doc[start].tag_ == "WP$" and noun.head.dep_ == "relcl" and noun.head.head.i < start < noun.i:
        return f"{noun.doc[start + 1 : end].text} of {shown(noun.head.head)}"
    comma = next((i for i in range(noun.i, end) if noun.doc[i].text in (",", "(", "—", "–")), end)
    end = comma if comma > noun.i else end
    if end - start > LONGEST_NAME:
        end = noun.i + 1
        start = max(start, end - LONGEST_NAME)
    return str(noun.doc[start:end].text)
