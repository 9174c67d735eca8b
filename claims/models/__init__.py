"""The facts: what was published, what it claims, and what the machine makes of it."""

from claims.models.answers import KeptAnswer
from claims.models.articles import Article, ArticleChange, ArticleStep, StepName
from claims.models.assessments import Assessment, Calibration, ClaimVerdict, FigureEstimate, SourceReliability
from claims.models.candidates import CandidatePair, CandidateSearch
from claims.models.claims import Claim, ClaimKey, Mention
from claims.models.corrections import Correction, MentionRevision
from claims.models.intakes import Intake, IntakeFile
from claims.models.judgements import Judgement, MatchNote, Regrouping, Rematch
from claims.models.leaders import Leader
from claims.models.ledger import LedgerLine
from claims.models.origins import Origin
from claims.models.other_verdicts import OtherVerdict
from claims.models.sources import Platform, Source, SourceAlias, SourceMerge, Speaker, SpeakerAlias, SpeakerChange
from claims.models.stories import Story, StoryJoin, StoryKey, TermCount

__all__ = [
    "Article",
    "ArticleChange",
    "ArticleStep",
    "Assessment",
    "Calibration",
    "CandidatePair",
    "CandidateSearch",
    "Claim",
    "ClaimKey",
    "ClaimVerdict",
    "Correction",
    "FigureEstimate",
    "Intake",
    "IntakeFile",
    "Judgement",
    "KeptAnswer",
    "Leader",
    "LedgerLine",
    "MatchNote",
    "Mention",
    "MentionRevision",
    "Origin",
    "OtherVerdict",
    "Platform",
    "Regrouping",
    "Rematch",
    "Source",
    "SourceAlias",
    "SourceMerge",
    "SourceReliability",
    "Speaker",
    "SpeakerAlias",
    "SpeakerChange",
    "StepName",
    "Story",
    "StoryJoin",
    "StoryKey",
    "TermCount",
]
