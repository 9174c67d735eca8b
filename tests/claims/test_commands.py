"""``./run ingest``, ``./run claims``, ``./run analyse``, ``./run manage seed`` as a person types them."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.models import Article, Claim

BRIDGE = "Bridge closed\n\nMayor Ines Marrow said that 12 houses in Aldham were flooded on Monday.\n"
OTHER = "Flood in Aldham\n\nThe flood reached 14 houses in Aldham, according to the fire service.\n"


def run(*args: object, **options: object) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(*map(str, args), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(BRIDGE)
    (tmp_path / "b.txt").write_text(OTHER)
    return tmp_path


@pytest.mark.django_db
def test_ingest_takes_files_through_to_scored_claims_and_says_how_many(folder: Path):
    out, _ = run("ingest", "--inline", folder)
    assert out.strip() == "2 new, 0 known, 0 refused"
    assert Article.objects.count() == 2
    assert Claim.objects.filter(assessment__isnull=False).exists()


@pytest.mark.django_db
def test_ingest_again_says_that_all_is_known(folder: Path):
    run("ingest", "--inline", folder)
    claims = list(Claim.objects.values_list("pk", "text", "assessment_id"))
    out, _ = run("ingest", "--inline", folder)
    assert out.strip() == "0 new, 2 known, 0 refused"
    assert list(Claim.objects.values_list("pk", "text", "assessment_id")) == claims


@pytest.mark.django_db
def test_ingest_names_what_it_refused_and_still_takes_the_rest(folder: Path):
    (folder / "empty.txt").write_text("")
    with pytest.raises(CommandError, match="1 refused"):
        run("ingest", folder)
    assert Article.objects.count() == 2


@pytest.mark.django_db
def test_ingest_refuses_a_date_that_is_none(folder: Path):
    with pytest.raises(CommandError, match="--published: not a date"):
        run("ingest", "--published", "soon", folder)


@pytest.mark.django_db
def test_claims_lists_origins_articles_figures_and_text(folder: Path):
    run("ingest", "--inline", folder)
    table, _ = run("claims")
    assert "origins" in table
    rows = [json.loads(line) for line in run("claims", "--json")[0].splitlines()]
    assert {row["independent_origins"] for row in rows} <= {0, 1, 2}
    assert any(figure["value"] == 12 for row in rows for figure in row["figures"])


@pytest.mark.django_db
def test_claims_lists_those_with_given_words(folder: Path):
    run("ingest", "--inline", folder)
    assert "0 claims" in run("claims", "--text", "no such words")[0]
    rows = [json.loads(line) for line in run("claims", "--json", "--text", "FLOODED")[0].splitlines()]
    assert rows
    assert all("flood" in row["text"].lower() for row in rows)


@pytest.mark.django_db
def test_claims_shows_one_claim_with_its_mentions(folder: Path):
    run("ingest", "--inline", folder)
    claim = Claim.objects.filter(mentions__value=12).distinct().get()
    assert "Ines Marrow" in run("claims", claim.pk)[0]


def batch(path: Path, *records: object) -> Path:
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in records))
    return path


def test_analyse_writes_one_claim_a_line_without_a_database(tmp_path: Path):
    source = batch(
        tmp_path / "in.jsonl",
        {"id": "a", "source": "Aldham Post", "text": BRIDGE, "published": "2025-03-01"},
        {"id": "b", "source": "Weir Herald", "text": OTHER, "published": "2025-03-02"},
    )
    run("analyse", source, "--out", tmp_path / "out.jsonl")
    claims = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert claims
    texts = {"a": BRIDGE, "b": OTHER}
    for claim in claims:
        assert set(claim) == {
            "id", "text", "story", "worth", "fragment", "suggested", "probability", "independent_origins",
            "contributions", "figure", "mentions",
        }  # fmt: skip
        assert all(set(line) == {"origin", "label", "log_odds"} for line in claim["contributions"])
        for mention in claim["mentions"]:
            assert texts[mention["article"]][mention["start"] : mention["end"]] == mention["quote"]
            assert mention["origin"] in {line["origin"] for line in claim["contributions"]}


def test_analyse_explains_what_was_read_of_each_sentence(tmp_path: Path):
    source = batch(tmp_path / "in.jsonl", {"id": "a", "source": "Aldham Post", "text": BRIDGE})
    run("analyse", source, "--out", tmp_path / "out.jsonl", "--explain", tmp_path / "why.jsonl")
    (article,) = [json.loads(line) for line in (tmp_path / "why.jsonl").read_text().splitlines()]
    assert article["article"] == "a"
    assert all(bool(one["statements"]) != bool(one["left_out"]) for one in article["sentences"])


def test_analyse_gives_the_same_claims_whatever_the_order_of_the_articles(tmp_path: Path):
    records = [
        {"id": str(n), "source": f"Post {n}", "text": text, "published": f"2025-03-0{n + 1}"}
        for n, text in enumerate([BRIDGE, OTHER, BRIDGE.replace("12", "13"), OTHER.replace("14", "15")])
    ]
    run("analyse", batch(tmp_path / "1.jsonl", *records), "--out", tmp_path / "out1.jsonl")
    run("analyse", batch(tmp_path / "2.jsonl", *records[::-1]), "--out", tmp_path / "out2.jsonl")
    assert (tmp_path / "out1.jsonl").read_bytes() == (tmp_path / "out2.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ("{not json", ":2: not JSON"),
        ({"id": "a", "source": "P", "text": "again"}, "used before"),
        ({"source": "P", "text": "x"}, ":2: id: missing"),
        ({"id": "b", "text": "x"}, ":2: source: missing"),
        ({"id": "b", "source": "P"}, ":2: text: missing"),
        ({"id": "b", "source": "P", "text": 5}, ":2: text: int"),
        ({"id": "b", "source": "P", "text": "x", "published": "soon"}, ":2: published: not a date"),
        (["a"], ":2: line: not a JSON object"),
    ],
)
def test_analyse_names_the_line_that_is_wrong_and_writes_nothing(tmp_path: Path, record: object, reason: str):
    source = batch(tmp_path / "in.jsonl", {"id": "a", "source": "P", "text": BRIDGE}, record)
    with pytest.raises(CommandError) as caught:
        run("analyse", source, "--out", tmp_path / "out.jsonl")
    assert reason in str(caught.value)
    assert not (tmp_path / "out.jsonl").exists()


def test_analyse_says_when_a_file_cannot_be_read_or_written(tmp_path: Path):
    with pytest.raises(CommandError, match="cannot read"):
        run("analyse", tmp_path / "none.jsonl", "--out", tmp_path / "out.jsonl")
    source = batch(tmp_path / "in.jsonl", {"id": "a", "source": "P", "text": BRIDGE})
    with pytest.raises(CommandError, match="cannot write"):
        run("analyse", source, "--out", tmp_path / "no folder" / "out.jsonl")
