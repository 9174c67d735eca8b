"""Words as matching sees them: stems, groups of words that news uses for one thing, and how rare each is.

The groups are general English and were written by hand; how rare a word is was counted (``weights/matching.json``).
"""

from __future__ import annotations

import re
from functools import lru_cache

_SUFFIXES = (
    "ization", "isation", "ational", "fulness", "ousness", "iveness", "ments", "ment", "ation", "ition", "ings",
    "ness", "ance", "ence", "able", "ible", "ions", "ious", "ing", "ies", "ion", "ers", "ied", "est", "ive", "ful",
    "ous", "ity", "ed", "er", "or", "al", "ly", "es", "s", "e", "y",
)  # fmt: skip
_SHORTEST = 4
_WORD = re.compile(r"\w+(?:[.,]\d+)*", re.UNICODE)

# Words that news uses for one thing. One line a group; the first word names it.
_GROUPS = """
kill die dead death fatal fatality perish slay slaying murder homicide deadly lethal victim toll
injure injury wound wounded hurt casualty
arrest detain custody apprehend nab
capture captive captor seize prisoner
free release liberate
abduct kidnap abduction hostage
charge indict accuse allegation allege
convict guilty conviction
sentence jail prison imprison
shoot shooting gunfire gunman shot shooter gunshot gun
fire blaze burn arson flame
quake earthquake temblor tremor
storm hurricane typhoon cyclone
explode explosion blast bomb bombing detonate
attack assault strike raid
soldier troop fighter mercenary serviceman combatant
citizen national
police cop officer deputy
recruit enlist recruitment enlistment
buy purchase acquire acquisition takeover
sell sale sold
deal agreement pact accord
company firm corporation
begin start launch
end finish conclude
rise increase gain climb surge soar grow growth jump
fall drop decline decrease slip tumble plunge sink
win victory triumph
defeat beat
movie film
star actor actress
director filmmaker
host emcee
doctor physician surgeon
child kid boy girl
woman female
man male
say tell state announce declare claim add note report
know aware awareness
deny reject dismiss refute
ask urge call advise warn
check verify investigate probe inquiry investigation
worker employee staff
layoff cut
law legislation bill act
court judge justice
government administration
president presidential
minister ministry
leader head chief boss
ship vessel boat
plane aircraft jet airliner
car vehicle auto automobile
hospital clinic
student pupil
school college university
home house residence
cash money fund
pay payment payout salary wage
steal theft robbery rob burglary heist
protest demonstrate demonstration rally protester demonstrator
flee escape fugitive
find discover discovery
hide conceal
marry wedding marriage
illness disease sick
hand give deliver
show reveal display
choose pick select name nominate nominee nomination appoint
replace succeed successor replacement
unveil introduce introduction
""".strip()


def stem(word: str) -> str:
    """Return ``word`` in lower case without its commonest English endings (a light Porter-like stem)."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    if word.endswith("ies") and len(word) > _SHORTEST + 1:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith("ss") and len(word) > _SHORTEST:
        word = word[:-1]
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST - (len(suffix) <= 2):
            return word[: -len(suffix)]
    return word


_GROUP_OF = {stem(word): f"={line.split()[0]}" for line in reversed(_GROUPS.splitlines()) for word in line.split()}


@lru_cache(maxsize=65536)
def concept(word: str) -> str:
    """Return the name of the group that ``word`` belongs to ("=kill"), or its stem where it has none."""
    stemmed = stem(word)
    return _GROUP_OF.get(stemmed, stemmed)


def tokens(text: str) -> list[str]:
    """Return the words and numbers of ``text`` in lower case, in order."""
    return _WORD.findall(text.lower())
