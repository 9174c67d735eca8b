"""The public truth-discovery sets, read into rows of (source, item, value) with the truth by item.

Values are brought to one form (a time is minutes of the day, an author list is a set of family names); nothing else
is done to them. Sources of the sets: Li et al., VLDB 2012 (flight); Yin et al., KDD 2007 (book); crowd-kit's and
their first publishers' crowd sets. ``docs/benchmarks.md`` says where a user gets them.
"""

from __future__ import annotations

import csv
import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from errno import ENOENT
from functools import cache
from pathlib import Path

AIRLINES = frozenset(("aa", "ua", "co"))
COPY_GROUPS = (
    ("panynj", "flightview", "foxbusiness", "allegiantair", "gofox"),
    ("helloflight", "myrateplan", "flytecomm", "airtravelcenter"),
    ("flights", "flylouisville", "businesstravellogue"),
    ("quicktrip", "flightstats"),
    ("flightaware", "wunderground"),
)
GATES = (2, 5)
TIME = re.compile(r"(\d{1,2}):(\d{2})\s*([AaPp])?")
GATE = re.compile(r"([A-Z]*)0*(\d+)([A-Z]*)")


@dataclass(frozen=True, slots=True)
class TruthSet:
    """Rows of (source, item, value), and the true value of the items that are judged.

    ``kinds`` names the kind of each item where there are several (departure, gate, ...); ``less_exact(a, b)`` says
    whether value a is value b written less exactly.
    """

    rows: tuple[tuple[str, str, str], ...]
    truth: dict[str, str]
    kinds: dict[str, str] | None = None
    less_exact: Callable[[str, str], bool] | None = None

    @property
    def items(self) -> list[str]:
        """Return the items in the order in which they come."""
        return list(dict.fromkeys(item for _, item, _ in self.rows))

    def kind(self, item: str) -> str:
        """Return the kind of an item, "" where there is one kind."""
        return (self.kinds or {}).get(item, "")


def time_of_day(text: str) -> str:
    """Return the minutes since midnight, "" where there is no time."""
    match = TIME.search(text)
    if match is None:
        return ""
    hour, minute = int(match[1]), int(match[2])
    if match[3]:
        hour = hour % 12 + (12 if match[3].lower() == "p" else 0)
    return str((hour * 60 + minute) % 1440)


def gate(text: str) -> str:
    """Return the gate without its terminal's name, "" where none is given."""
    value = text.strip().upper().split(" - ")[-1].split("/")[0].strip(" ?-*").replace("-", "").replace(" ", "")
    if not value or any(w in value for w in ("TERM", "NOT", "&NBSP")) or value in ("TBA", "TBD", "NA"):
        return ""
    match = GATE.fullmatch(value)
    return "".join(match.groups()) if match else value


def less_exact(a: str, b: str) -> bool:
    """Say whether gate a is gate b without its concourse or its last letter: 44 and C44, A5 and A5D."""
    if a == b or not (one := GATE.fullmatch(a)) or not (other := GATE.fullmatch(b)):
        return False
    return one[2] == other[2] and one[1] in ("", other[1]) and one[3] in ("", other[3])


def last_word(rows: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Return the kind of each item: the attribute at the end of its name."""
    return {item: item.rpartition(" ")[2] for _, item, _ in rows}


def _flight_cells(path: Path, first: int) -> Iterator[tuple[list[str], int, str]]:
    for line in path.read_text(errors="replace").splitlines():
        fields = line.split("\t")
        for attribute in range(6):
            raw = fields[first + attribute].strip() if len(fields) > first + attribute else ""
            value = (gate if attribute in GATES else time_of_day)(raw) if raw else ""
            if value:
                yield fields, attribute, value


@cache
def flight(data: Path, split: str, *, airlines: bool = True) -> TruthSet:
    """Return the flight sites' statements of all days of the split, with or without the airlines' own sites."""
    folder = data / "truth_discovery" / "flight" / split
    if not folder.is_dir():
        raise FileNotFoundError(ENOENT, "no such split", str(folder))
    rows: dict[tuple[str, str, str], None] = {}
    truth: dict[str, str] = {}
    for path in sorted((folder / "conflicting_data").glob("*.txt")):
        for fields, attribute, value in _flight_cells(path, 2):
            source = fields[0].lower()
            if airlines or source not in AIRLINES:
                rows[source, f"{path.stem} {fields[1]} {attribute}", value] = None
    for path in sorted((folder / "ground_truth").glob("*.txt")):
        for fields, attribute, value in _flight_cells(path, 1):
            truth[f"{path.stem} {fields[0]} {attribute}"] = value
    return TruthSet(tuple(rows), truth, last_word(rows), less_exact)


def flights2376(data: Path) -> TruthSet:
    """Return the small flight set: 2,376 rows of four times, with its cleaned version as the truth."""
    folder = data / "truth_discovery" / "flights2376"
    rows, truth = [], {}
    for name, out in (("Flights_dirty.csv", "rows"), ("Flights_clean.csv", "truth")):
        with (folder / name).open(newline="") as file:
            for row in csv.DictReader(file):
                for key in ("sched_dep_time", "act_dep_time", "sched_arr_time", "act_arr_time"):
                    value, item = time_of_day(row[key] or ""), f"{row['flight']} {key}"
                    if value and out == "rows":
                        rows.append((row["src"], item, value))
                    elif value:
                        truth[item] = value
    return TruthSet(tuple(rows), truth, last_word(rows))


def crowd(data: Path, name: str) -> TruthSet:
    """Return a set of independent crowd labels."""
    folder = data / "truth_discovery" / "crowd" / name
    with (folder / "label.csv").open(newline="") as file:
        rows = tuple((r["worker"], r["item"], r["label"]) for r in csv.DictReader(file))
    with (folder / "truth.csv").open(newline="") as file:
        return TruthSet(rows, {r["item"]: r["truth"] for r in csv.DictReader(file)})


@cache
def book(data: Path, truth: str) -> TruthSet:
    """Return the bookshops' author lists as yes/no items: does the book have this author, by family name?

    A shop that lists a book says yes to the authors that it names, and no to those that only other shops name. The
    truth is judged on the authors that some shop names.
    """
    folder = data / "truth_discovery" / "book"
    lists: dict[tuple[str, str, tuple[str, ...]], None] = {}
    for line in (folder / "book.txt").read_text(errors="replace").splitlines():
        fields = line.split("\t")
        names = authors(fields[3]) if len(fields) == 4 else ()
        if names:
            lists[fields[0], isbn13(fields[1]), names] = None
    candidates: dict[str, set[str]] = {}
    for _, number, names in lists:
        candidates.setdefault(number, set()).update(names)
    rows = dict.fromkeys(
        (shop, f"{number} {name}", "yes" if name in names else "no")
        for shop, number, names in lists
        for name in sorted(candidates[number])
    )
    judged = {}
    for line in (folder / f"book_{truth}.txt").read_text(errors="replace").splitlines():
        if line.strip():
            number, names = isbn13(line.split("\t")[0]), authors(line.split("\t")[1])
            for name in sorted(candidates.get(number, ())):
                judged[f"{number} {name}"] = "yes" if name in names else "no"
    return TruthSet(tuple(rows), judged)


def isbn13(number: str) -> str:
    """Return an ISBN of 10 or 13 digits as one of 13."""
    number = number.strip()
    if len(number) != 10:
        return number
    body = "978" + number[:9]
    weighted = sum(int(digit) * (3 if i % 2 else 1) for i, digit in enumerate(body))
    return body + str(-weighted % 10)


NOT_A_NAME = re.compile(
    r"\([^)]*\)|\bet\.? al\b\.?|\b(?:by|author|joint|editors?|eds?|jr|sr|ph\.? ?d|ii|iii|iv|not available|none|unknown"
    r"|dr|prof|various|inc|staff|editorial|illustrator|foreword|contributor)\b\.?"
)


def authors(text: str) -> tuple[str, ...]:
    """Return the family names of a list of authors, sorted, in plain lower-case letters.

    Lists are written "Family, Given; Family, Given", "Family, Given/ Family, Given" or "Given Family, Given Family".
    """
    plain = unicodedata.normalize("NFKD", html.unescape(text)).lower().replace("andapos;", "'")
    plain = NOT_A_NAME.sub(" ", "".join(c for c in plain if not unicodedata.combining(c)))
    names: list[str] = []
    for part in re.split(r"[;/|&\\]|\band\b|\bwith\b", plain):
        names.extend(_family_names([p.strip(" .-") for p in part.split(",") if p.strip(" .-")]))
    letters = {re.sub(r"[^a-z]", "", name) for name in names}
    return tuple(sorted(name for name in letters if len(name) > 1))


def _family_names(pieces: list[str]) -> list[str]:
    if len(pieces) == 2 and all(len(p.split()) <= 2 for p in pieces):
        return [pieces[0].split()[-1]]
    if len(pieces) > 2 and len(pieces) % 2 == 0 and all(len(p.split()) == 1 for p in pieces[::2]):
        return pieces[::2]
    return [p.split()[-1] for p in pieces]
