"""``./run claims``: the claims with their independent origins, in the terminal."""

from __future__ import annotations

import argparse
from typing import IO, Any, cast

import orjson
from django.core.management.base import BaseCommand
from django.db.models import F
from rich.console import Console
from rich.table import Table

from claims import querysets
from claims.api.serializers import ClaimDetailSerializer
from claims.models import Claim, Mention


class Command(BaseCommand):
    help = "List the claims: independent origins first, then articles, figures, suggestion and the claim itself."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("ids", nargs="*", type=int, metavar="ID", help="show these claims with their mentions")
        parser.add_argument("--min-articles", type=int, default=1, help="only claims from at least so many articles")
        parser.add_argument("--text", default="", metavar="WORDS", help="only claims with these words")
        parser.add_argument("--limit", type=int, default=0, help="at most so many claims (0: all)")
        parser.add_argument("--json", action="store_true", help="one JSON object a claim and line, mentions included")

    def handle(self, *args: Any, **options: Any) -> None:
        wide = options["json"] or options["ids"]
        claims = querysets.claim_details().filter(merged_into__isnull=True, assessment__isnull=False)
        claims = claims.filter(assessment__article_count__gte=options["min_articles"])
        if options["text"]:
            claims = claims.filter(folded__icontains=options["text"])
        if options["ids"]:
            claims = claims.filter(pk__in=options["ids"])
        claims = claims.order_by(F("assessment__article_count").desc(), F("assessment__mention_count").desc(), "pk")
        chosen = list(claims[: options["limit"]] if options["limit"] else claims)
        if options["json"]:
            for claim in chosen:
                self.stdout.write(orjson.dumps(ClaimDetailSerializer(claim).data).decode())
        else:
            console = Console(file=cast(IO[str], self.stdout), no_color=options["no_color"])
            _table(console, chosen)
            for claim in chosen if wide else ():
                _mentions(console, claim)


def _table(console: Console, claims: list[Claim]) -> None:
    table = Table(title=f"{len(claims)} claims")
    for name in ("id", "origins", "articles"):
        table.add_column(name, justify="right")
    table.add_column("figures")
    table.add_column("machine suggests")
    table.add_column("claim", overflow="fold")
    for claim in claims:
        a = claim.assessment
        if a is not None:
            figures = ", ".join(_figures(list(claim.mentions.all())))
            told = f"none: {a.no_suggestion}" if a.no_suggestion else a.suggested
            row = (str(claim.pk), str(a.independent_origins), str(a.article_count), figures, told, claim.text)
            table.add_row(*row)
    console.print(table)


def _figures(mentions: list[Mention]) -> list[str]:
    """The figures given, smallest first, each once, as ">100"."""
    given = {(m.value, m.comparator, m.upper) for m in mentions if m.value is not None}
    ordered = sorted(given, key=lambda figure: (figure[0] or 0.0, figure[1], figure[2] or 0.0))
    return [
        f"{'' if sign == '=' else sign}{value:g}{'' if upper is None else f'–{upper:g}'}"
        for value, sign, upper in ordered
    ]


def _mentions(console: Console, claim: Claim) -> None:
    table = Table(title=f"claim {claim.pk}: {claim.assessment.explanation if claim.assessment else ''}")
    for name in ("outlet", "speaker", "stance", "quote"):
        table.add_column(name, overflow="fold")
    for m in claim.mentions.all():
        speaker = m.speaker.canonical if m.speaker else ""
        table.add_row(m.article.source.name, speaker, m.towards, m.quote)
    console.print(table)
