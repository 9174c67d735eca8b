"""A verdict of the made-up story, decided by two people, with its origins as the desk counted them."""

from __future__ import annotations

from django.contrib.auth.models import User

from claims.models import Article, Claim
from reviews.models import Publication, Review
from reviews.people import ensure_groups
from reviews.services import Order, act, open_review
from reviews.services.publishing import Words, publish
from reviews.workflow import Action
from tests.claims import desk_data
from tests.conftest import person

RATIONALE = "The mayor and the ledger agree.\n\nNeither relays the other."
LINK = "https://records.example/ledger?page=2&x=1"


def decided(verdict: str = "corroborated", text: str = "155 divers were hired from abroad.") -> Review:
    """A review with an approved verdict; rita proposed it, vera approved it."""
    ensure_groups()
    rita, vera = (
        User.objects.filter(username=name).first() or person(name, group)
        for name, group in (("rita", "reviewer"), ("vera", "approver"))
    )
    claim = desk_data.claim(text, title=text)
    Article.objects.filter(mentions__claim=claim, source__name="Harbour Post").update(url="https://harbour.example/1")
    with_origins(claim)
    open_review(claim, claim.assessment)
    act(claim.pk, rita, Order(Action.TAKE))
    mention = claim.mentions.get(article__source__name="Harbour Post")
    propose = Order(Action.PROPOSE, verdict=verdict, rationale=RATIONALE, mentions=(mention.pk,), links=(LINK,))
    act(claim.pk, rita, propose)
    act(claim.pk, vera, Order(Action.APPROVE))
    return Review.objects.get(claim=claim)


def with_origins(claim: Claim) -> None:
    """Give the claim an assessment that names its origins, as scoring writes it."""
    old = claim.assessment
    origins = [
        {
            "key": origin.key,
            "kind": origin.kind,
            "label": origin.label,
            "reason": origin.reason,
            "strength": origin.strength,
            "evidence": [str(pk) for pk in origin.mentions.order_by("pk").values_list("pk", flat=True)],
        }
        for origin in claim.origins.order_by("pk")
    ]
    fields = {f.attname: getattr(old, f.attname) for f in old._meta.concrete_fields if f.attname != "id"}
    fields |= {"version": old.version + 1, "origins": origins}
    claim.assessment = type(old).objects.create(**fields)
    claim.save(update_fields=["assessment"])


def editor() -> User:
    return User.objects.filter(username="ada").first() or person("ada", "editor")


def published(verdict: str = "corroborated", text: str = "155 divers were hired from abroad.") -> Publication:
    """A published verdict."""
    return publish(decided(verdict, text).claim_id, editor(), Words())
