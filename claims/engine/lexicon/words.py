"""The words by which denials, checks, claims and hedges are known; lemmas in lower case."""

from __future__ import annotations


def lexicon(words: str) -> frozenset[str]:
    """A set of words, written as one string."""
    return frozenset(words.split())


DENIALS = lexicon(
    "deny reject dismiss refute rebut repudiate disavow debunk dispute contradict discredit disprove rubbish "
    "denial rejection rebuttal dismissal disclaim controvert negate"
)
CHECKS = lexicon(
    "verify investigate check examine probe ascertain clarify study assess review explore wonder question whether "
    "inquire enquire doubt"
)
CONFIRMS = lexicon("confirm verify corroborate say comment know authenticate establish prove deny determine")
CLAIM_NOUNS = lexicon(
    "claim allegation report accusation suggestion rumour rumor charge assertion statement idea notion story "
    "contention speculation insinuation information involvement"
)
FALSE = lexicon(
    "false groundless untrue baseless unfounded fabricated fake wrong incorrect lie nonsense hoax myth "
    "unsubstantiated bogus absurd invented fiction fabrication rubbish ludicrous misinformation disinformation"
)
TRUE = lexicon("true correct accurate right fact")
UNCLEAR = lexicon("unclear unknown unconfirmed uncertain unverified disputed")
POLICIES = lexicon(
    "encourage allow condone tolerate permit recommend support comment discriminate expect want plan intend"
)
"""Verbs whose negation states a policy ("does not encourage") and denies nothing that anybody claims."""
DOCUMENTS = lexicon(
    "document report study poll survey statement letter memo filing lawsuit complaint indictment affidavit file "
    "dossier record transcript email paper ruling order analysis assessment census audit figure datum data "
    "release"
)
"""Nouns whose speaker is a document."""
BODIES = lexicon(
    "government ministry department agency office service police army military force committee council commission "
    "court party company administration campaign authority presidency embassy union board bank hospital "
    "university team group organization organisation association intelligence parliament congress senate kremlin "
    "regime command staff bureau officials"
)
"""Nouns whose speaker is a body, and that no person is called by."""
