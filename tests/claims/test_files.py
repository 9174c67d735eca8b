"""Files and folders: every refusal names the file and the reason, and the others are still taken."""

import json
import os
from pathlib import Path

import pytest

from claims.models import Article
from claims.services.files import Summary, ingest_files, total
from claims.services.ingest import MAX_BYTES

pytestmark = pytest.mark.django_db

TEXT = "Bridge closed\n\nThe river bridge at Aldham was closed on Monday, the town council said.\n"


def take(*paths: Path) -> Summary:
    return total(summary for _, summary in ingest_files(paths))


def reasons(summary: Summary) -> dict[str, str]:
    return {refusal.where: refusal.reason for refusal in summary.refused}


def test_a_folder_is_walked_and_its_bad_files_do_not_stop_the_good_ones(tmp_path: Path):
    (tmp_path / "good.txt").write_text(TEXT)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "also good.txt").write_text(TEXT + "More.")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (tmp_path / "latin.txt").write_bytes("Café Müller".encode("latin-1"))
    (tmp_path / "large.txt").write_bytes(b"x" * (MAX_BYTES + 1))
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / ".hidden").write_text("not looked at")
    (tmp_path / "broken link.txt").symlink_to(tmp_path / "nowhere.txt")
    summary = take(tmp_path)
    assert len(summary.new) == 2
    why = {Path(where).name: reason for where, reason in reasons(summary).items()}
    assert set(why) == {"empty.txt", "picture.txt", "latin.txt", "large.txt", "paper.pdf", "broken link.txt"}
    assert "empty" in why["empty.txt"]
    assert "binary" in why["picture.txt"]
    assert "not UTF-8 at byte 3" in why["latin.txt"]
    assert "too large" in why["large.txt"]
    assert "unknown kind of file" in why["paper.pdf"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_refused_with_the_reason(tmp_path: Path):
    path = tmp_path / "secret.txt"
    path.write_text(TEXT)
    path.chmod(0)
    assert "Permission denied" in reasons(take(path))[str(path)]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    assert reasons(take(tmp_path / "none.txt")) == {str(tmp_path / "none.txt"): "no such file"}


def test_a_second_run_over_the_same_files_changes_nothing(tmp_path: Path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": TEXT, "source": "Weir Herald"}))
    assert len(take(tmp_path).new) == 2
    again = take(tmp_path)
    assert (len(again.new), again.known) == (0, 2)
    assert Article.objects.count() == 2


def test_json_lines_are_taken_one_by_one_and_an_error_names_its_line(tmp_path: Path):
    path = tmp_path / "many.jsonl"
    lines = [
        json.dumps({"outlet": "Aldham Post", "text": TEXT, "date": "2025-03-01", "event_id": 7}),
        "{not json",
        "",
        json.dumps({"text": 5}),
        json.dumps({"text": TEXT, "published": "yesterday"}),
        json.dumps(["a list"]),
        json.dumps({"source": "Weir Herald", "text": TEXT}),
    ]
    path.write_text("\n".join(lines))
    summary = take(path)
    assert len(summary.new) == 2
    why = reasons(summary)
    assert "not JSON" in why[f"{path}:2"]
    assert "int where text belongs" in why[f"{path}:4"]
    assert "not a date" in why[f"{path}:5"]
    assert "list where an object belongs" in why[f"{path}:6"]


def test_a_line_of_any_length_is_refused_without_losing_the_next(tmp_path: Path):
    path = tmp_path / "long.jsonl"
    path.write_text('{"text": "' + "x" * (9 * 1024 * 1024) + '"}\n' + json.dumps({"text": TEXT}) + "\n")
    summary = take(path)
    assert len(summary.new) == 1
    assert "too large" in reasons(summary)[f"{path}:1"]


def test_json_holds_one_article_or_a_list_or_an_event_with_articles(tmp_path: Path):
    (tmp_path / "one.json").write_text(json.dumps({"text": TEXT, "source": "A"}))
    (tmp_path / "list.json").write_text(json.dumps([{"text": TEXT, "source": "B"}, {"text": "", "source": "C"}]))
    (tmp_path / "event.json").write_text(json.dumps({"articles": [{"text": TEXT, "outlet": "D"}]}))
    summary = take(tmp_path)
    assert len(summary.new) == 3
    assert list(reasons(summary)) == [f"{tmp_path / 'list.json'} item 2"]


def test_utf16_with_its_mark_and_a_named_charset_are_read(tmp_path: Path):
    (tmp_path / "wide.txt").write_bytes(TEXT.encode("utf-16"))
    body = "".join(f"<p>Das Café in Aldham wurde am {n}. Mai geschlossen, sagte die Stadt.</p>" for n in range(1, 15))
    head = "<head><meta charset='iso-8859-1'><title>Café</title></head>"
    page = f"<html>{head}<body><article>{body}</article></body></html>"
    (tmp_path / "page.html").write_bytes(page.encode("latin-1"))
    summary = take(tmp_path)
    assert not summary.refused
    assert "Café in Aldham" in Article.objects.get(title__contains="Caf").text
