"""What the API shows of the facts. Serializers translate; they decide nothing."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.api.readings import KINDS, corrected, in_force, reading
from claims.models import (
    Article,
    ArticleChange,
    Assessment,
    Claim,
    Correction,
    FigureEstimate,
    Mention,
    OtherVerdict,
    Source,
    Story,
)


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses a field that it does not know: a misspelt name is an error, not a silent loss."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := sorted(set(map(str, data)) - set(self.fields))):
            known = ", ".join(self.fields)
            raise serializers.ValidationError({name: [f"Unknown field; known are {known}."] for name in unknown})
        return super().to_internal_value(data)


class NewArticleSerializer(StrictSerializer):
    """An article to take in; ``text`` or ``html`` is needed, the rest is looked for in it where it is missing."""

    text = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False)
    html = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False)
    title = serializers.CharField(required=False, allow_blank=True, max_length=500)
    source = serializers.CharField(required=False, allow_blank=True, max_length=200)  # type: ignore[assignment]
    url = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    published = serializers.CharField(
        required=False, allow_null=True, max_length=40, help_text="A date or a moment in ISO 8601."
    )
    language = serializers.CharField(required=False, allow_blank=True, max_length=10)


class SourceSerializer(serializers.ModelSerializer[Source]):
    articles = serializers.IntegerField(source="article_count", read_only=True)
    agree = serializers.FloatField(source="reliability.agree", default=None, read_only=True, allow_null=True)
    disagree = serializers.FloatField(source="reliability.disagree", default=None, read_only=True, allow_null=True)

    class Meta:
        model = Source
        fields = ["id", "name", "domain", "kind", "merged_into", "articles", "agree", "disagree"]


class SourceNameSerializer(serializers.ModelSerializer[Source]):
    class Meta:
        model = Source
        fields = ["id", "name"]


class StoryNameSerializer(serializers.ModelSerializer[Story]):
    class Meta:
        model = Story
        fields = ["id", "title"]


class StorySerializer(serializers.ModelSerializer[Story]):
    articles = serializers.IntegerField(source="article_count", read_only=True)
    claims = serializers.IntegerField(source="claim_count", read_only=True)

    class Meta:
        model = Story
        fields = ["id", "title", "first_published_at", "last_published_at", "articles", "claims"]


class ArticleSerializer(serializers.ModelSerializer[Article]):
    """An article in a list. ``state`` is ``waiting``, ``ready``, ``unread``, ``parked`` or ``withdrawn``.

    ``unread`` says why nothing was read of it, ``partly`` how much was read where it is too long to be read whole.
    ``replaced_by`` is the id of its corrected version, where it was corrected.
    """

    source = SourceNameSerializer(read_only=True)  # type: ignore[assignment]
    story = StoryNameSerializer(read_only=True, allow_null=True)
    state = serializers.CharField(read_only=True)
    site_of = serializers.CharField(
        read_only=True, allow_null=True, help_text="Another source, on whose site the address is: a conflict."
    )

    class Meta:
        model = Article
        fields = [
            "id", "title", "source", "site_of", "story", "url", "language", "published_at", "wire", "state", "unread",
            "partly", "withdrawn_at", "replaced_by",
        ]  # fmt: skip


class KnownArticleSerializer(ArticleSerializer):
    """An article that was known, and what became of that which came with its text once more."""

    taken = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="Fields that it had nothing in, and took."
    )
    kept = serializers.DictField(
        child=serializers.CharField(), read_only=True, help_text="Fields that it keeps as they are, against what came."
    )

    class Meta(ArticleSerializer.Meta):
        fields = [*ArticleSerializer.Meta.fields, "taken", "kept"]


class QuantitySerializer(serializers.Serializer[Any]):
    value = serializers.FloatField()
    upper = serializers.FloatField(allow_null=True)
    comparator = serializers.CharField()
    unit = serializers.CharField()
    counted = serializers.CharField()


class ReadingSerializer(serializers.Serializer[Any]):
    """What a place says, as far as it is told: of a machine's reading all of it, of a correction what it changed."""

    speaker = serializers.CharField(required=False, allow_null=True)
    stance = serializers.CharField(required=False)
    factuality = serializers.CharField(required=False)
    quantity = QuantitySerializer(required=False, allow_null=True, partial=True)
    quote = serializers.CharField(required=False)
    text = serializers.CharField(required=False, help_text="Of a claim.")


class CorrectedSerializer(serializers.Serializer[Any]):
    """The newest correction in force at this place."""

    correction = serializers.IntegerField(help_text="Its id, for taking it back.")
    kind = serializers.ChoiceField(choices=KINDS)
    fields = serializers.ListField(child=serializers.CharField(), help_text="What of it a person gave.")  # type: ignore[assignment]
    by = serializers.CharField(allow_null=True)
    why = serializers.CharField()
    created_at = serializers.DateTimeField()
    fits = serializers.BooleanField(help_text="False: a newer reading finds nothing at this place.")


class MentionSerializer(serializers.ModelSerializer[Mention]):
    speaker = serializers.CharField(source="speaker.canonical", default=None, read_only=True, allow_null=True)
    speaker_kind = serializers.CharField(source="speaker.kind", default=None, read_only=True, allow_null=True)
    article = serializers.IntegerField(source="article_id", read_only=True)
    claim = serializers.IntegerField(source="claim_id", read_only=True, allow_null=True)
    origin = serializers.IntegerField(source="origin_id", read_only=True, allow_null=True)
    part_of = serializers.IntegerField(
        source="part_of_id", read_only=True, allow_null=True, help_text="The mention inside which it stands."
    )
    stance = serializers.ChoiceField(Mention.Stance.choices, source="towards", read_only=True)
    quantity = serializers.SerializerMethodField()
    read = serializers.SerializerMethodField(
        help_text="What the machine read, where a person corrected it; null: what is shown, or nothing at all."
    )
    corrected = serializers.SerializerMethodField(help_text="Who corrected it, when, why; null: nobody did.")

    class Meta:
        model = Mention
        fields = [
            "id",
            "article",
            "claim",
            "origin",
            "part_of",
            "start",
            "end",
            "quote",
            "sentence",
            "place",
            "direct",
            "speaker",
            "speaker_kind",
            "speaker_text",
            "organisation",
            "cue",
            "stance",
            "factuality",
            "hedge",
            "quantity",
            "read",
            "corrected",
        ]

    @extend_schema_field(QuantitySerializer(allow_null=True))
    def get_quantity(self, mention: Mention) -> dict[str, Any] | None:
        if mention.value is None:
            return None
        return {name: getattr(mention, name) for name in ("value", "upper", "comparator", "unit", "counted")}

    @extend_schema_field(ReadingSerializer(allow_null=True))
    def get_read(self, mention: Mention) -> dict[str, Any] | None:
        replaced = [one.read for one in in_force(mention) if one.kind == Correction.Kind.ADDED]
        return reading({**(mention.read or {}), **{k: v for read in replaced for k, v in read.items() if k == "quote"}})

    @extend_schema_field(CorrectedSerializer(allow_null=True))
    def get_corrected(self, mention: Mention) -> dict[str, Any] | None:
        found = in_force(mention)
        return None if not found else corrected(found[0])


class DetailsSerializer(serializers.Serializer[Any]):
    """What is said of an article, as far as it was changed."""

    title = serializers.CharField(required=False)
    source = serializers.CharField(required=False)  # type: ignore[assignment]
    url = serializers.CharField(required=False)
    language = serializers.CharField(required=False)
    published_at = serializers.CharField(required=False, allow_null=True)


class DescribedSerializer(serializers.Serializer[Any]):
    """What was said of an article, and what a person put in its place."""

    read = DetailsSerializer()
    corrected = DetailsSerializer()


def shown_details(stored: dict[str, Any]) -> dict[str, Any]:
    """Return what is said of an article, with the source by its name."""
    return {name: value[1] if name == "source" else value for name, value in stored.items()}


class ArticleChangeSerializer(serializers.ModelSerializer[ArticleChange]):
    """That an article was withdrawn, corrected, restored or described anew; then ``details`` says from what to what."""

    by = serializers.CharField(source="by.username", default=None, read_only=True, allow_null=True)
    details = serializers.SerializerMethodField()

    class Meta:
        model = ArticleChange
        fields = ["id", "kind", "why", "by", "replacement", "details", "created_at"]

    @extend_schema_field(DescribedSerializer(allow_null=True))
    def get_details(self, change: ArticleChange) -> dict[str, Any] | None:
        if change.details is None:
            return None
        return {side: shown_details(change.details[side]) for side in ("read", "corrected")}


class ArticleDetailSerializer(ArticleSerializer):
    changes = ArticleChangeSerializer(many=True, read_only=True)
    mentions = MentionSerializer(many=True, read_only=True)
    step_errors = serializers.SerializerMethodField(
        help_text="The error of each step that failed, by name of the step."
    )

    class Meta(ArticleSerializer.Meta):
        fields = [*ArticleSerializer.Meta.fields, "text", "created_at", "step_errors", "changes", "mentions"]

    def get_step_errors(self, article: Article) -> dict[str, str]:
        return {step.name: step.error for step in article.steps.all() if step.error}


class ContributionSerializer(serializers.Serializer[Any]):
    origin = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    log_odds = serializers.FloatField()


class AssessmentSerializer(serializers.ModelSerializer[Assessment]):
    """The machine's pre-score. It is not a verdict and must never be shown as a rating of truth."""

    contributions = ContributionSerializer(many=True, read_only=True)

    class Meta:
        model = Assessment
        fields = [
            "version",
            "algorithm",
            "probability",
            "log_odds",
            "independent_origins",
            "suggested",
            "figure",
            "contributions",
            "origins",
            "explanation",
            "outlook",
            "negative",
            "created_at",
        ]


def _assessed(kind: type[serializers.Field[Any, Any, Any, Any]], name: str) -> serializers.Field[Any, Any, Any, Any]:
    """A column of the current assessment; null before the claim is scored."""
    return kind(source=f"assessment.{name}", default=None, read_only=True, allow_null=True)


class ClaimSerializer(serializers.ModelSerializer[Claim]):
    """A claim in a list, with the numbers that a reviewer reads first."""

    story = StoryNameSerializer(read_only=True, allow_null=True)
    independent_origins = _assessed(serializers.IntegerField, "independent_origins")
    article_count = _assessed(serializers.IntegerField, "article_count")
    mention_count = _assessed(serializers.IntegerField, "mention_count")
    probability = _assessed(serializers.FloatField, "probability")
    suggested = _assessed(serializers.CharField, "suggested")
    explanation = serializers.CharField(source="assessment.explanation", default="", read_only=True)
    figure = serializers.JSONField(source="assessment.figure", default=None, read_only=True, allow_null=True)

    class Meta:
        model = Claim
        fields = [
            "id",
            "text",
            "read_text",
            "story",
            "worth",
            "fragment",
            "independent_origins",
            "article_count",
            "mention_count",
            "probability",
            "suggested",
            "explanation",
            "figure",
            "created_at",
        ]


class FigureSerializer(serializers.Serializer[Any]):
    """One figure that the claim's mentions give, and which articles give it."""

    value = serializers.FloatField()
    upper = serializers.FloatField(allow_null=True)
    comparator = serializers.CharField()
    unit = serializers.CharField()
    articles = serializers.ListField(child=serializers.IntegerField())


class FigureEstimateSerializer(serializers.ModelSerializer[FigureEstimate]):
    """The most probable of the figures that outlets give, by how far each was right on all other claims."""

    class Meta:
        model = FigureEstimate
        fields = ["value", "probability"]


class ClaimMentionSerializer(MentionSerializer):
    article = ArticleSerializer(read_only=True)  # type: ignore[assignment]


class ClaimDetailSerializer(ClaimSerializer):
    """A claim with its mentions, the figures that they give, and the current assessment with its lines.

    A mention whose article has ``withdrawn_at`` is no evidence any more; its figure is left out.
    """

    mentions = ClaimMentionSerializer(many=True, read_only=True)
    figures = serializers.SerializerMethodField()
    figure_estimate = FigureEstimateSerializer(read_only=True, allow_null=True)
    assessment = AssessmentSerializer(read_only=True)
    merged_into = serializers.IntegerField(source="merged_into_id", read_only=True, allow_null=True)

    class Meta(ClaimSerializer.Meta):
        fields = [*ClaimSerializer.Meta.fields, "merged_into", "mentions", "figures", "figure_estimate", "assessment"]

    @extend_schema_field(FigureSerializer(many=True))
    def get_figures(self, claim: Claim) -> list[dict[str, Any]]:
        groups: dict[tuple[Any, ...], set[int]] = defaultdict(set)
        for m in claim.mentions.all():
            if m.value is not None and m.article.withdrawn_at is None:
                groups[m.value, m.upper, m.comparator, m.unit].add(m.article_id)
        ordered = sorted(groups.items(), key=lambda item: (item[0][0], item[0][2]))
        return [
            {"value": value, "upper": upper, "comparator": comparator, "unit": unit, "articles": sorted(articles)}
            for (value, upper, comparator, unit), articles in ordered
        ]


class OtherVerdictSerializer(serializers.ModelSerializer[OtherVerdict]):
    """What another publisher found out about the claim, in that publisher's words."""

    class Meta:
        model = OtherVerdict
        fields = ["publisher", "url", "title", "reviewed", "claimant", "rating", "published_at", "language"]
