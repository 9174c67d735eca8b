"""The propositions that a sentence may be taken to state, as sets of words over one parse.

People cut a sentence finer than into clauses. "The army, which had searched for weeks, freed 21 girls in May and fled"
says that it freed 21 girls, that it did so in May, that it had searched for weeks, and that it fled. A candidate is a
clause with its subject and some of its modifiers, or a noun with what is told of it. Which of them people would state
is weighed elsewhere (``choice``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from claims.engine.reading.statements.listing import Candidate, Words, each
from claims.engine.reading.syntax import SUBJECTS, Range
from claims.engine.reading.tree import Tree

_GROUP = frozenset({"aux", "auxpass", "neg", "prt"})
_OBJECTS = frozenset({"dobj", "attr", "acomp", "oprd", "dative", "xcomp", "ccomp"})
_MODIFIERS = frozenset({"prep", "agent", "advmod", "npadvmod", "advcl", "relcl", "acl", "appos", "nmod", "parataxis"})
_LOOSE = frozenset({"relcl", "acl", "advcl", "appos", "parataxis", "punct", "meta"})
"""What hangs on a noun and is no part of its name."""
_JOINTS = frozenset({"conj", "cc"})
_CARRYING = frozenset({"pobj", "attr", "dobj", "prep", "oprd", "acomp", "xcomp"})
"""What may hold, in turn, something that may be left out."""
_CLAUSES = frozenset({"ROOT", "conj", "relcl", "acl", "advcl", "ccomp", "parataxis", "pcomp", "csubj", "dep", "appos"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_NAMING = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "SYM", "X"})
_SETTING_APART = frozenset({",", "(", "–", "—", "-", ":"})
_NEEDED = frozenset(
    {"of", "than", "without", "except", "unless", "instead", "unlike", "only", "barely", "hardly", "scarcely"}
)
CONDITIONS = frozenset({"if", "unless", "until", "whether", "provided", "lest", "once", "than", "till"})
"""What opens a clause without which the one around it says something else."""
_TURNS = frozenset({"also", "however", "instead", "then", "finally", "still", "meanwhile", "therefore", "thus", "too"})
_VERBAL = frozenset({"VERB", "AUX"})
_RELATIVE = frozenset({"WDT", "WP", "WP$", "WRB"})
_MOST_MODIFIERS = 7


def candidates(tree: Tree, sentence: Range) -> list[Candidate]:
    """Return the propositions that the words from ``sentence[0]`` to the one before ``sentence[1]`` may state."""
    found: dict[Words, Candidate] = {}
    for i in range(*sentence):
        for one in (*_of_clause(tree, i, sentence), *_of_noun(tree, i, sentence)):
            if len(one.words) > 1:
                found.setdefault(one.words, one)
    return list(found.values())


def _of_clause(tree: Tree, verb: int, sentence: Range) -> Iterator[Candidate]:
    """The propositions of a verb: with all that hangs on it, with none of what may be left out, with one at a time."""
    dep = tree.dep[verb]
    if dep not in _CLAUSES or not (tree.pos[verb] in _VERBAL or (dep == "ROOT" and _governs(tree, verb))):
        return
    subject, link = _subject(tree, verb)
    if dep in ("advcl", "acl", "pcomp", "conj") and tree.tag[verb] in ("VB", "VBG", "VBN") and subject is None:
        return
    group = {verb, *(c for c in tree.children[verb] if tree.dep[c] in _GROUP or _is_manner(tree, c))}
    if dep == "conj" and link == "shared" and len(group) == 1:
        group |= _shared_auxiliaries(tree, verb)
    complements = [
        c for c in tree.children[verb] if tree.dep[c] in _OBJECTS or (tree.dep[c] in SUBJECTS and c != subject)
    ]
    complements = [c for c in complements if tree.tag[c] not in _RELATIVE or link == "own"]
    by = set() if subject is None else _name_of(tree, subject, verb)
    core = group | by
    for c in complements:
        core |= tree.subtree(c, frozenset({"parataxis"}))
    modifiers = _modifiers(tree, verb, complements)
    for m in modifiers:
        core -= tree.subtree(m)
    for c in tree.children[verb]:
        if tree.dep[c] in _MODIFIERS and c not in modifiers and tree.tag[c] not in _RELATIVE and not _is_turn(tree, c):
            core |= tree.subtree(c)
    base = (
        f"clause:{dep}",
        f"subject:{link}",
        f"kind:{_kind(tree, verb, complements)}",
        f"pron:{subject is not None and tree.pos[subject] == 'PRON'}",
        f"many:{min(len(modifiers), 4)}",
    )
    for words, told in _with_modifiers(tree, verb, core, modifiers, bool(complements)):
        crossed = (f"{one}&{told[0]}" for one in base)
        yield from each(tree, words, verb, (*base, *told, *crossed), sentence, subject)


def _governs(tree: Tree, word: int) -> bool:
    """Whether a word is a verb by what hangs on it, whatever the tagger takes it for: in headlines it often errs."""
    return any(tree.dep[c] in ("nsubj", "nsubjpass", "dobj") for c in tree.children[word])


def _kind(tree: Tree, verb: int, complements: Sequence[int]) -> str:
    if tree.lower[verb] in ("is", "was", "are", "were", "be", "been", "being", "'s", "’s"):
        return "be:" + (tree.dep[complements[0]] if complements else "")
    return next(
        (tree.dep[c] for c in complements),
        "passive" if any(tree.dep[c] == "auxpass" for c in tree.children[verb]) else "none",
    )


def _subject(tree: Tree, verb: int) -> tuple[int | None, str]:
    """Return who does what a verb says, and whether it is its own, that of a relative clause, or shared."""
    own = next((c for c in tree.children[verb] if tree.dep[c] in ("nsubj", "nsubjpass", "csubj", "expl")), None)
    dep, head = tree.dep[verb], tree.head[verb]
    if own is not None and tree.tag[own] not in _RELATIVE:
        return own, "own"
    if dep in ("relcl", "acl") and tree.pos[head] in _NAMING:
        return _described(tree, head), dep
    if dep in ("conj", "xcomp", "advcl", "pcomp", "prep") or (own is not None and dep in ("ccomp", "dep")):
        seen, at = 0, verb
        while seen < 5 and tree.head[at] != at:
            before, at = at, tree.head[at]
            if tree.pos[at] in _VERBAL:
                by = next((c for c in tree.children[at] if tree.dep[c] in ("nsubj", "nsubjpass", "expl")), None)
                if by is not None:
                    return (tree.head[at] if tree.tag[by] in _RELATIVE and tree.dep[at] == "relcl" else by), "shared"
                if tree.dep[at] in ("relcl", "acl"):
                    return tree.head[at], "shared"
            elif tree.dep[before] in ("relcl", "acl"):
                return at, "shared"
            seen += 1
    return None, "none"


def _described(tree: Tree, noun: int) -> int:
    """Return whom a noun describes: of "Bell is a sailor who" it is Bell, else the noun itself."""
    verb = tree.head[noun]
    if tree.dep[noun] == "attr" and tree.pos[verb] in _VERBAL:
        by = next((c for c in tree.children[verb] if tree.dep[c] == "nsubj" and tree.tag[c] not in _RELATIVE), None)
        return noun if by is None or tree.lower[by] in ("it", "there", "this", "that") else by
    return noun


def _shared_auxiliaries(tree: Tree, verb: int) -> set[int]:
    first = tree.head[verb]
    fits = tree.tag[verb] == tree.tag[first] and tree.tag[verb] in ("VB", "VBN", "VBG")
    return {c for c in tree.children[first] if tree.dep[c] in ("aux", "auxpass")} if fits else set()


def _modifiers(tree: Tree, verb: int, complements: Sequence[int]) -> list[int]:
    """What may be left out of a clause, in order: what hangs on its verb, its objects, and on what hangs on these."""
    found = []
    todo = [verb]
    tops = set(complements)
    while todo:
        at = todo.pop()
        for c in tree.children[at]:
            dep = tree.dep[c]
            if _may_go(tree, c):
                found.append(c)
                if dep == "prep":
                    todo.append(c)
            elif (at == verb and c in tops and dep != "ccomp") or (at != verb and dep in _CARRYING):
                todo.append(c)
    return sorted(found)[:_MOST_MODIFIERS]


def _may_go(tree: Tree, word: int) -> bool:
    """Whether a phrase may be left out: no "of" that a noun needs, no name behind its noun, no adverb of the verb.

    Nothing may go whose loss turns the meaning: a condition, an exception, the other side of a comparison.
    """
    dep = tree.dep[word]
    if dep not in _MODIFIERS or tree.tag[word] in _RELATIVE or tree.lower[word] in _NEEDED:
        return False
    if dep == "advcl" and any(tree.lower[c] in CONDITIONS for c in tree.children[word]):
        return False
    if dep == "appos":
        return tree.lower[tree.left(word) - 1] in _SETTING_APART
    return not _is_manner(tree, word) and not _is_turn(tree, word)


def _is_manner(tree: Tree, word: int) -> bool:
    """Whether a word is an adverb by which its verb means what it means: "best known", "narrowly beat"."""
    near = abs(word - tree.head[word]) < 3 and not tree.children[word]
    return tree.dep[word] == "advmod" and near and not _is_turn(tree, word)


def _is_turn(tree: Tree, word: int) -> bool:
    """Whether a word only joins a sentence to the one before it."""
    return tree.dep[word] == "advmod" and tree.lower[word] in _TURNS


def _name_of(tree: Tree, noun: int, verb: int) -> set[int]:
    """The phrase of a subject; with what is told of it in the same breath where it stands before its own verb."""
    words = tree.phrase(noun, _LOOSE - {"appos", "relcl", "acl"})
    own = tree.head[noun] == verb
    for c in tree.children[noun]:
        if tree.dep[c] in ("appos", "relcl", "acl") and (
            tree.lower[tree.left(c) - 1] in _SETTING_APART or (tree.dep[c] != "appos" and not own)
        ):
            words -= tree.subtree(c)
    return words


def _with_modifiers(
    tree: Tree, verb: int, core: set[int], modifiers: Sequence[int], has_object: bool
) -> Iterator[tuple[set[int], tuple[str, ...]]]:
    """A clause with all its modifiers, with the first ones, with one, with the first and one more, with none."""
    whole = [tree.subtree(m, _JOINTS if tree.pos[m] in _VERBAL else frozenset()) for m in modifiers]
    parts = [
        w.difference(*(o for o, m in zip(whole, modifiers, strict=True) if o < w and m != n))
        for w, n in zip(whole, modifiers, strict=True)
    ]
    above = [[k for k, m in enumerate(modifiers) if k != n and modifiers[n] in whole[k]] for n in range(len(parts))]
    names = [_name(tree, m) for m in modifiers]
    kind = "object" if has_object else "bare"
    last = len(parts)
    before = [k for k in range(last) if modifiers[k] < verb]
    behind = [k for k in range(last) if modifiers[k] > verb]
    for opening in ([], before) if before else ([],):
        told = f"opening:{len(opening) > 0}/{min(len(before), 2)}"
        for chosen, way in _ways(behind, above):
            dropped = next((names[k] for k in behind if k not in chosen), "-")
            yield (
                core.union(*(parts[k] for k in (*opening, *chosen))),
                (
                    way,
                    told,
                    f"{way}:{kind}:{min(len(chosen), 3)}/{min(len(behind), 4)}",
                    f"ends:{names[chosen[-1]] if chosen else '-'}",
                    f"drops:{dropped}",
                    *(f"{way}:{names[k]}" for k in chosen),
                    *_clausal(names[k] for k in chosen),
                ),
            )


def _ways(behind: Sequence[int], above: Sequence[Sequence[int]]) -> Iterator[tuple[list[int], str]]:
    """Which of the modifiers behind a verb are told: none, the first ones, one, the first and one more."""
    yield [], "none" if behind else "all"
    for n in range(1, len(behind) + 1):
        yield sorted({k for i in behind[:n] for k in (i, *above[i])}), "all" if n == len(behind) else "first"
    for n in range(1, len(behind)):
        chosen = sorted({behind[n], *above[behind[n]]})
        yield chosen, "one"
        if n > 1 and behind[0] not in chosen:
            yield [behind[0], *chosen], "two"


def _clausal(names: Iterable[str]) -> Iterator[str]:
    for kind in ("advcl", "relcl", "acl", "appos"):
        if any(name.startswith(kind) for name in names):
            yield f"holds:{kind}"


def _name(tree: Tree, modifier: int) -> str:
    dep = tree.dep[modifier]
    after = "" if tree.head[modifier] > modifier else ">"
    comma = "," if modifier and tree.lower[tree.left(modifier) - 1] in (",", "(", "–", "—", "-") else ""
    noun = "n" if tree.pos[tree.head[modifier]] in _NAMING else "v"
    word = (
        tree.lower[modifier]
        if dep == "prep" and tree.lower[modifier] in ("of", "in", "to", "as", "for", "with", "by", "on", "from")
        else ""
    )
    return f"{dep}{after}{comma}{noun}{word}"


def _of_noun(tree: Tree, noun: int, sentence: Range) -> Iterator[Candidate]:
    """What is told of a noun beside it: an apposition, a title before a name, an adjective of a noun told of."""
    if tree.pos[noun] not in _NOUNS:
        return
    for child in tree.children[noun]:
        if tree.dep[child] == "appos":
            words = tree.phrase(noun, _LOOSE) | tree.subtree(child, frozenset({"conj", "cc"}))
            yield from each(
                tree,
                words,
                child,
                ("noun:appos", f"of:{tree.pos[noun]}{tree.pos[child]}", f"after:{_name(tree, child)}"),
                sentence,
            )
            short = tree.phrase(noun, _LOOSE | {"prep"}) | tree.phrase(child, _LOOSE | {"prep"})
            yield from each(
                tree, short, child, ("noun:appos", "short", f"of:{tree.pos[noun]}{tree.pos[child]}"), sentence
            )
    if tree.pos[noun] == "PROPN":
        titles = [
            c
            for c in tree.children[noun]
            if tree.dep[c] in ("compound", "amod", "nmod") and (tree.pos[c] in ("NOUN", "ADJ") or tree.tag[c] == "JJ")
        ]
        if titles:
            yield from each(
                tree,
                tree.phrase(noun, _LOOSE | {"prep"}),
                noun,
                ("noun:title", f"before:{tree.pos[titles[0]]}"),
                sentence,
            )
    yield from _qualities(tree, noun, sentence)


def _qualities(tree: Tree, noun: int, sentence: Range) -> Iterator[Candidate]:
    """ "X is a universal, high-level language": that it is universal, that it is high-level, that it is a language."""
    verb = tree.head[noun]
    if tree.dep[noun] not in ("attr", "dobj", "pobj", "oprd") or tree.pos[verb] not in _VERBAL:
        return
    subject, link = _subject(tree, verb)
    if subject is None:
        return
    before = [c for c in tree.children[noun] if tree.dep[c] in ("amod", "compound", "nmod", "acl") and c < noun]
    if not before:
        return
    core = {verb, noun, *(c for c in tree.children[verb] if tree.dep[c] in _GROUP), *tree.phrase(subject, _LOOSE)}
    core |= {c for c in tree.children[noun] if tree.dep[c] in ("det", "poss", "neg", "nummod")}
    base = (f"quality:{tree.dep[noun]}", f"qualities:{min(len(before), 3)}", f"link:{link}")
    yield from each(tree, set(core), noun, (*base, "plain"), sentence)
    for number, c in enumerate(before):
        part = tree.subtree(c, frozenset({"punct"}))
        yield from each(tree, core | part, noun, (*base, f"with:{tree.dep[c]}", f"place:{min(number, 2)}"), sentence)
        if number == 0 and tree.dep[c] == "amod":
            yield from each(tree, (core | part) - {noun}, noun, (*base, "without noun"), sentence)
