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
    (tmp_path / "large.txt").write_bytes(b"x" * (MAX_BYTES + 1))
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / ".hidden").write_text("not looked at")
    (tmp_path / "broken link.txt").symlink_to(tmp_path / "nowhere.txt")
    summary = take(tmp_path)
    assert len(summary.new) == 2
    why = {Path(where).name: reason for where, reason in reasons(summary).items()}
    assert set(why) == {"empty.txt", "picture.txt", "large.txt", "paper.pdf", "broken link.txt"}
    assert "empty" in why["empty.txt"]
    assert "binary" in why["picture.txt"]
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


def test_what_a_known_article_keeps_and_whose_site_it_stands_on_is_said(tmp_path: Path):
    path = tmp_path / "notes.jsonl"
    first = {"text": TEXT, "source": "Aldham Post", "title": "Closed", "url": "https://aldhampost.co.uk/1"}
    records = [first, {**first, "title": "Open"}, {**first, "source": "Weir Herald"}]
    path.write_text("\n".join(map(json.dumps, records)))
    summary = take(path)
    assert (len(summary.new), summary.known, summary.refused) == (2, 1, [])
    assert [(note.where, note.reason) for note in summary.notes] == [
        (f"{path}:2", "known, and its title stays 'Closed'"),
        (f"{path}:3", "taken as of Weir Herald, though aldhampost.co.uk is the site of Aldham Post"),
    ]


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


def test_a_link_out_of_the_folder_is_refused_by_name_and_one_inside_is_the_file_it_leads_to(tmp_path: Path):
    folder, elsewhere = tmp_path / "mine", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (folder / "own.txt").write_text(TEXT)
    (elsewhere / "private.txt").write_text(TEXT + "Not for the desk.")
    (folder / "file.txt").symlink_to(elsewhere / "private.txt")
    (folder / "relative.txt").symlink_to(Path("..") / "elsewhere" / "private.txt")
    (folder / "whole").symlink_to(elsewhere)
    (folder / "again.txt").symlink_to(folder / "own.txt")
    summary = take(folder)
    assert (len(summary.new), summary.known) == (1, 1)
    assert {Path(where).name for where in reasons(summary)} == {"file.txt", "relative.txt", "whole"}
    assert all("a link out of the folder" in why for why in reasons(summary).values())


def test_a_folder_that_is_reached_by_a_link_is_walked_like_any_other(tmp_path: Path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text(TEXT)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert len(take(tmp_path / "link").new) == 1


def test_a_link_that_leads_in_circles_is_refused_and_ends_nothing(tmp_path: Path):
    (tmp_path / "round.txt").symlink_to(tmp_path / "round.txt")
    (tmp_path / "up").symlink_to(tmp_path)
    (tmp_path / "good.txt").write_text(TEXT)
    summary = take(tmp_path)
    assert len(summary.new) == 1
    assert set(reasons(summary)) == {str(tmp_path / "round.txt")}
