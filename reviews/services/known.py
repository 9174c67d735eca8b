"""What the desk knows of a text, with where the people stand on each claim that it repeats. Nothing is stored."""

from __future__ import annotations

from django.db.models import prefetch_related_objects

from claims.services.checking import Checked, check_claim, check_text


def known_of_text(text: str, language: str = "") -> Checked:
    """Return the claims in a text with the desk's claims that they repeat, reviews at hand. Raises ``CheckError``."""
    return _with_reviews(check_text(text, language))


def known_of_claim(text: str) -> Checked:
    """Return one claim with the desk's claims that it repeats, reviews at hand. Raises ``CheckError``."""
    return _with_reviews(check_claim(text))


def _with_reviews(checked: Checked) -> Checked:
    claims = [known.claim for statement in checked.statements for known in statement.known]
    prefetch_related_objects(claims, "review__publication")
    return checked
