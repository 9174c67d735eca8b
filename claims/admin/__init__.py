"""The desk: the facts as reviewers see them, in the stock Django admin with our own templates."""

from claims.admin.articles import ArticleAdmin
from claims.admin.assessments import AssessmentAdmin
from claims.admin.claims import ClaimAdmin
from claims.admin.judgements import JudgementAdmin, MatchNoteAdmin, RegroupingAdmin, RematchAdmin
from claims.admin.leaders import LeaderAdmin
from claims.admin.mentions import MentionAdmin, OriginAdmin
from claims.admin.platforms import PlatformAdmin
from claims.admin.sources import SourceAdmin
from claims.admin.speakers import SpeakerAdmin
from claims.admin.stories import StoryAdmin

__all__ = [
    "ArticleAdmin",
    "AssessmentAdmin",
    "ClaimAdmin",
    "JudgementAdmin",
    "LeaderAdmin",
    "MatchNoteAdmin",
    "MentionAdmin",
    "OriginAdmin",
    "PlatformAdmin",
    "RegroupingAdmin",
    "RematchAdmin",
    "SourceAdmin",
    "SpeakerAdmin",
    "StoryAdmin",
]
