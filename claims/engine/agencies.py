"""News agencies: each under one key, whichever way an article or an address writes it (``lexicon/agencies.csv``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from claims.engine.lexicon.loading import table


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency: its key as an origin, the credit that articles print, its name, the ways to write it, and the forms
    of its credit or site without spaces."""

    key: str
    credit: str
    name: str
    ways: tuple[str, ...]
    forms: frozenset[str]


def _agency(row: dict[str, str]) -> Agency:
    ways = tuple(row["ways"].split("|"))
    squeezed = ("".join(c for c in way.lower() if c.isalnum()) for way in ways)
    return Agency(row["key"], row["credit"], row["name"], ways, frozenset(squeezed) | {*row["forms"].split("|")} - {""})


AGENCIES: Final = tuple(map(_agency, table("agencies")))
BY_FORM: Final = {form: agency for agency in AGENCIES for form in agency.forms}
BY_WAY: Final = {way.lower(): agency for agency in AGENCIES for way in agency.ways}
