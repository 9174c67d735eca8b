"""What readers are told of the desk itself: its editors' words, or a starter text until they wrote some."""

from __future__ import annotations

from reviews.models import Imprint

STARTER = {
    "name": "Verifier",
    "contact": "",
    "about": "This desk has not said yet who runs and who pays for it.",
    "methods": (
        "We check statements of fact that many people hear and that can be decided by evidence.\n\n"
        "For each claim we collect who states it and trace every report back to where it comes from: reports that "
        "relay one speaker, one document or one agency count as one origin, whoever printed them.\n\n"
        "A reviewer weighs the evidence and proposes a verdict with reasons; a second person, who must be another one, "
        "approves it or sends it back. Programs help us to find and to sort reports. They decide nothing."
    ),
    "corrections": (
        "If we got something wrong, tell us. We look again, and where we were wrong we correct it at the same address: "
        "the page says at its top what was changed, when and why, and keeps the version before. A check that should "
        "not have been published is withdrawn; its address then says so, and why."
    ),
}


def imprint() -> Imprint:
    """Return what readers are told of the desk: what editors wrote, else a starter text that is not stored."""
    return Imprint.objects.filter(pk=1).first() or Imprint(pk=1, **STARTER)
