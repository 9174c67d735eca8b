"""Make lexicon/en/women.txt and men.txt: first names that are nearly always a woman's, or a man's.

``python -m tests.benchmarks.fitting.first_names`` in an environment with the packages ``faker`` and ``names``, which
nothing else here needs. A name counts for one sex where the census has it twenty times as often there as for the
other, unless a fifth of Faker's countries that have it disagree ("Jean"); what the census hardly knows, where all
of Faker's countries that have it agree.
"""

from __future__ import annotations

import importlib
import pkgutil
import textwrap
import unicodedata
from collections import Counter
from pathlib import Path

from claims.engine.lexicon import loading

ONE_SIDED = 20.0
"""How many times as often a name is one sex's."""
_LATIN = "a,b,v,g,d,e,zh,z,i,y,k,l,m,n,o,p,r,s,t,u,f,kh,ts,ch,sh,shch,,y,,e,yu,ya,i,yi,ye,g"
_CYRILLIC = dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ", _LATIN.split(","), strict=True))


def folded(name: str) -> str:
    """Return a first name as the registry of names compares it: Latin letters without accents, lower case; "" else."""
    latin = "".join(_CYRILLIC.get(c, c) for c in name.lower())
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    return plain if plain.isalpha() and len(plain) > 2 and len(plain) >= len(latin) - 1 else ""


def census(sex: str) -> dict[str, float]:
    """Return the share in percent of each first name in the United States census of 1990."""
    path = Path(importlib.import_module("names").__file__ or "").parent / f"dist.{sex}.first"
    rows = (line.split() for line in path.read_text().splitlines())
    return {row[0].lower(): float(row[1]) for row in rows}


def countries() -> tuple[Counter[str], Counter[str]]:
    """Return in how many of Faker's countries a name is a woman's, and in how many a man's."""
    women: Counter[str] = Counter()
    men: Counter[str] = Counter()
    package = importlib.import_module("faker.providers.person")
    for found in pkgutil.iter_modules(package.__path__):
        provider = importlib.import_module(f"{package.__name__}.{found.name}").Provider
        for counter, field in ((women, "first_names_female"), (men, "first_names_male")):
            counter.update({folded(name) for name in getattr(provider, field, ())} - {""})
    return women, men


def main() -> None:
    female, male = census("female"), census("male")
    women, men = countries()
    sides: dict[str, list[str]] = {"women": [], "men": []}
    for name in sorted(female.keys() | male.keys() | women.keys() | men.keys()):
        pair, abroad = (female.get(name, 0.0), male.get(name, 0.0)), (float(women[name]), float(men[name]))
        known = sum(pair) >= 0.005
        if min(abroad) > (0.2 * sum(abroad) if known else 0):
            continue
        pair = pair if known else abroad
        for side, ours, others in (("women", *pair), ("men", *reversed(pair))):
            if ours > ONE_SIDED * others:
                sides[side].append(name)
    for side, listed in sides.items():
        head = (
            f"# First names that are nearly always those of {side}, without accents, in lower case.\n"
            "# From: the United States census of 1990 (public domain, through the package names 0.3.0, MIT) and the\n"
            "# first names by country of Faker 40.63.0 (MIT, Copyright (c) 2012 Daniele Faraglia). Made by\n"
            "# tests/benchmarks/fitting/first_names.py.\n"
        )
        (Path(loading.__file__).parent / "en" / f"{side}.txt").write_text(
            head + textwrap.fill(" ".join(listed), 118) + "\n", encoding="utf-8"
        )
        print(side, len(listed))


if __name__ == "__main__":
    main()
