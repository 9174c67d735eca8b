"""What the API shows of reviews, and what it takes. Serializers translate; they decide nothing."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.api.numbers import IdField, IdsField, VersionField
from claims.api.serializers import ClaimDetailSerializer, ClaimSerializer, StrictSerializer
from claims.engine.matching.candidates import in_words
from claims.engine.types import Comparison
from claims.models import Claim, Regrouping
from reviews.models import Review, ReviewEvent
from reviews.services import Order
from reviews.workflow import Action, Answer, Need, Status, Verdict

STATUSES = Review.Status.choices


class ReviewSerializer(serializers.ModelSerializer[Review]):
    """Where a claim stands. ``version`` is also the ETag."""

    claim = serializers.IntegerField(source="claim_id", read_only=True)
    text = serializers.CharField(source="claim.text", read_only=True)
    assignee = serializers.CharField(source="assignee.username", default=None, read_only=True, allow_null=True)
    proposer = serializers.CharField(source="proposer.username", default=None, read_only=True, allow_null=True)
    approver = serializers.CharField(source="approver.username", default=None, read_only=True, allow_null=True)

    class Meta:
        model = Review
        fields = [
            "claim", "text", "status", "version", "assignee", "lease_until", "verdict", "rationale", "evidence",
            "proposer", "approver", "decided_at", "dismissal", "recheck_reason", "recheck_at", "contested", "outlets",
            "created_at", "updated_at",
        ]  # fmt: skip


class EventSerializer(serializers.ModelSerializer[ReviewEvent]):
    """One line of the history, with its place in the hash chain."""

    actor = serializers.CharField(source="actor_name", read_only=True, help_text="Empty: the system.")

    class Meta:
        model = ReviewEvent
        fields = [
            "sequence", "actor", "action", "from_status", "to_status", "note", "details", "assessment", "created_at",
            "previous", "hash",
        ]  # fmt: skip


class TransitionSerializer(serializers.Serializer[Any]):
    """An action, and whether this person may do it now; if not, why not."""

    action = serializers.ChoiceField(choices=[a.value for a in Action])
    open = serializers.BooleanField()
    code = serializers.CharField(help_text="Why it is closed, for machines; empty if it is open.")
    why = serializers.CharField(help_text="Why it is closed, for people; empty if it is open.")
    to = serializers.ListField(child=serializers.ChoiceField(choices=STATUSES))
    needs = serializers.ListField(child=serializers.ChoiceField(choices=[n.value for n in Need]))

    def to_representation(self, answer: Answer) -> dict[str, Any]:
        line = answer.transition
        to = [] if line is None else [v.value for v in Verdict] if line.to is None else [line.to.value]
        return {
            "action": answer.action.value,
            "open": answer.open,
            "code": answer.closed.value if answer.closed else "",
            "why": answer.why,
            "to": to,
            "needs": [need.value for need in line.needs] if line else [],
        }


class OrderSerializer(StrictSerializer):
    """What comes with an action; which fields it needs is said by ``GET .../transitions/``."""

    note = serializers.CharField(required=False, allow_blank=True, max_length=10_000)
    verdict = serializers.CharField(required=False, allow_blank=True, max_length=20)
    rationale = serializers.CharField(required=False, allow_blank=True, max_length=20_000)
    mentions = IdsField(required=False, max_length=200)
    links = serializers.ListField(child=serializers.CharField(max_length=1000), required=False, max_length=50)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=2000)
    assignee = serializers.CharField(required=False, allow_blank=True, max_length=150, help_text="A username.")
    assessment = IdField(
        required=False, help_text="The id of the assessment that was on the screen; else the current one."
    )

    def order(self, action: Action, expected_version: int | None) -> Order:
        """The validated body as an order to the services."""
        values = dict(self.validated_data)
        return Order(
            action=action,
            expected_version=expected_version,
            mentions=tuple(values.pop("mentions", ())),
            links=tuple(values.pop("links", ())),
            **values,
        )


_REVIEW_FIELDS = ["status", "assignee", "recheck_reason", "version"]


class _Reviewed(serializers.Serializer[Any]):
    status = serializers.CharField(source="review.status", read_only=True)
    assignee = serializers.CharField(source="review.assignee.username", default=None, read_only=True, allow_null=True)
    recheck_reason = serializers.CharField(source="review.recheck_reason", read_only=True)
    version = serializers.IntegerField(source="review.version", default=None, read_only=True, allow_null=True)

    def to_representation(self, claim: Claim) -> dict[str, Any]:
        """A claim that was not scored yet has no review: nobody has looked at it."""
        shown: dict[str, Any] = super().to_representation(claim)
        return shown if hasattr(claim, "review") else {**shown, "status": Status.UNVERIFIED.value, "recheck_reason": ""}


class ReviewedClaimSerializer(_Reviewed, ClaimSerializer):
    """A claim in a list, with where it stands."""

    class Meta(ClaimSerializer.Meta):
        fields = [*ClaimSerializer.Meta.fields, *_REVIEW_FIELDS]


class ReviewedClaimDetailSerializer(_Reviewed, ClaimDetailSerializer):
    """A claim with everything about it, and its review."""

    review = ReviewSerializer(read_only=True, default=None, allow_null=True)

    class Meta(ClaimDetailSerializer.Meta):
        fields = [*ClaimDetailSerializer.Meta.fields, *_REVIEW_FIELDS, "review"]


class MergeSerializer(StrictSerializer):
    """Merge this claim into another one."""

    into = IdField()
    into_version = VersionField(required=False, help_text="The version of it that you saw.")
    outcome = serializers.ChoiceField(
        choices=STATUSES,
        required=False,
        help_text="Where the merged claim is to stand. Needed where the two stand differently.",
    )
    why = serializers.CharField(max_length=2000)
    preview = serializers.BooleanField(default=False, help_text="Only say what would be.")


class NotSameSerializer(StrictSerializer):
    """Say that this claim and another one are two claims."""

    claim = IdField()
    why = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)


class CandidateLineSerializer(serializers.Serializer[Any]):
    """A line of the score: what was compared and found, in words, and what it is worth in log-odds."""

    name = serializers.CharField()
    log_odds = serializers.FloatField()
    text = serializers.SerializerMethodField()

    def get_text(self, line: Comparison) -> str:
        return in_words(line)


class CandidateSerializer(serializers.Serializer[Any]):
    """A claim that may be the same, and why."""

    claim = serializers.IntegerField(source="claim.pk")
    text = serializers.CharField(source="claim.text")
    story = serializers.IntegerField(source="claim.story_id")
    score = serializers.FloatField(
        source="candidate.score", help_text="Log-odds by which it is ranked; no probability."
    )
    lines = CandidateLineSerializer(source="candidate.comparisons", many=True)


class NotSameSaidSerializer(serializers.Serializer[Any]):
    """What is kept: the ids of the judgements that hold the two claims apart."""

    claim = serializers.IntegerField()
    judgements = serializers.ListField(child=serializers.IntegerField())


class SplitSerializer(StrictSerializer):
    """Take mentions out of this claim into a new one."""

    mentions = IdsField(min_length=1, max_length=1000)
    why = serializers.CharField(max_length=2000)
    preview = serializers.BooleanField(default=False, help_text="Only say what would be.")


class MoveSerializer(StrictSerializer):
    """Move one mention of this claim into another claim."""

    mention = IdField()
    into = IdField()
    into_version = VersionField(required=False, help_text="The version of it that you saw.")
    why = serializers.CharField(max_length=2000)
    preview = serializers.BooleanField(default=False, help_text="Only say what would be.")


class UndoSerializer(StrictSerializer):
    """Take a merge, a split or a move back."""

    why = serializers.CharField(max_length=2000)
    preview = serializers.BooleanField(default=False, help_text="Only say what would be.")


class RegroupedSerializer(serializers.Serializer[Any]):
    """What was done, or would be: which mentions moved, and where both claims stood and stand."""

    id = serializers.IntegerField(allow_null=True, help_text="For undoing it; null in a preview.")
    kind = serializers.CharField()
    from_claim = serializers.IntegerField()
    into_claim = serializers.IntegerField(allow_null=True, help_text="Null where a preview would make a new claim.")
    moved = serializers.ListField(child=serializers.IntegerField())
    from_before = serializers.CharField()
    from_after = serializers.CharField()
    into_before = serializers.CharField(help_text="Empty for a claim that did not exist.")
    into_after = serializers.CharField()
    marked = serializers.ListField(child=serializers.IntegerField(), help_text="Claims marked for re-check.")


class RegroupingSerializer(serializers.ModelSerializer[Regrouping]):
    """A merge, a split or a move that was done, and whether it can still be undone."""

    from_claim = serializers.IntegerField(source="source_id", read_only=True)
    into_claim = serializers.IntegerField(source="target_id", read_only=True)
    by = serializers.CharField(source="by.username", default=None, read_only=True, allow_null=True)

    class Meta:
        model = Regrouping
        fields = ["id", "kind", "from_claim", "into_claim", "moved", "why", "by", "created_at", "undone_at"]
