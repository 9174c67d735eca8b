"""Bytes are read as browsers read them, marks are accepted wherever text is, and no label ends a run."""

from __future__ import annotations

import codecs
import json
import unicodedata
from encodings.aliases import aliases
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.errors import IngestError
from claims.models import Article
from claims.services.batches import read_documents
from claims.services.encodings import decode, lines_of, mended
from claims.services.files import Summary, ingest_files, total
from claims.services.ingest import NewArticle, ingest

WORDS = "The mayor of Besançon said “we pay €900” – Łódź’s share is not known."
WESTERN = "The mayor of Besançon said “we pay €900” – the city’s share is not known."
PYTHONS_OWN = [
    "utf-7",
    "undefined",
    "idna",
    "punycode",
    "zlib",
    "rot13",
    "unicode_escape",
    "hex",
    "bz2",
    "mbcs",
    "cp65001",
]


def page(head: str, body: str = WESTERN) -> str:
    paragraphs = "".join(f"<p>{body} It was the {n}th time.</p>" for n in range(4, 16))
    head = f"<head>{head}<title>Shares</title></head>"
    return f"<!doctype html><html>{head}<body><article>{paragraphs}</article></body></html>"


def meta(label: str) -> str:
    return f'<meta charset="{label}">'


def take(*paths: Path) -> Summary:
    return total(summary for _, summary in ingest_files(paths))


@pytest.mark.parametrize(
    "label", ["iso-8859-1", "ISO-8859-1 ", "us-ascii", "ascii", "latin1", "l1", "cp1252", "x-cp1252"]
)
def test_labels_of_western_text_all_mean_windows_1252(label: str) -> None:
    assert WESTERN in decode(page(meta(label)).encode("cp1252"), html=True)


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("gb2312", "gbk", "镕基說：“二十人”"),
        ("gb_2312-80", "gbk", "朱镕基"),
        ("shift_jis", "cp932", "①髙橋"),
        ("ks_c_5601-1987", "cp949", "똠방각하"),
        ("iso-8859-9", "cp1254", "“İstanbul” – ığş"),
        ("tis-620", "cp874", "“กรุงเทพ”…"),
        ("koi8-r", "koi8_r", "Москва"),
        ("windows-1251", "cp1251", "«Київ» – Москва"),
        ("iso-8859-2", "iso8859_2", "Łódź"),
        ("macintosh", "mac_roman", "“Zürich”"),
        ("iso-2022-jp", "iso2022_jp", "東京"),
        ("big5", "big5", "臺北"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_browsers_know_by_its_label(label: str, codec: str, text: str) -> None:
    assert text in decode(page(meta(label), text).encode(codec), html=True)


@pytest.mark.parametrize("label", ["utf-16", "UTF-16LE", "utf-16be", "unicode", "csunicode", "ucs-2"])
def test_a_page_whose_label_can_be_read_is_not_utf_16(label: str) -> None:
    assert WORDS in decode(page(meta(label), WORDS).encode(), html=True)


@pytest.mark.parametrize(
    "head",
    [
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">',
        "<META CONTENT='text/html;charset=windows-1250' HTTP-EQUIV='content-type'>",
        "<meta charset=windows-1250>",
        "<meta\n  charset = 'windows-1250' />",
        f"<!-- {meta('koi8-r')} -->{meta('windows-1250')}",
        f"{meta('no-such-thing')}{meta('windows-1250')}",
        "<!-- " + "x" * 2000 + f" -->{meta('windows-1250')}",
    ],
)
def test_the_label_is_found_wherever_a_page_may_name_it(head: str) -> None:
    assert "Łódź" in decode(page(head, "Łódź").encode("cp1250"), html=True)


def test_an_xml_declaration_names_it_too() -> None:
    raw = b'<?xml version="1.0" encoding="windows-1250"?>' + page("", "Łódź").encode("cp1250")
    assert "Łódź" in decode(raw, html=True)


@pytest.mark.parametrize(
    "label", [*PYTHONS_OWN, "hz-gb-2312", "iso-2022-kr", "replacement", "", "\N{SNOWMAN}", "a" * 300]
)
def test_no_label_ends_a_run(label: str) -> None:
    assert WESTERN in decode(page(meta(label)).encode("cp1252", "ignore"), html=True)
    assert WORDS in decode(page(meta(label), WORDS).encode(), html=True)


def test_bytes_that_are_utf8_are_read_so_whatever_the_page_says() -> None:
    for label in ("iso-8859-1", "windows-1251", "gbk", "utf-16", "big5"):
        assert WORDS in decode(page(meta(label), WORDS).encode(), html=True)


@pytest.mark.parametrize("html", [True, False])
def test_text_of_no_label_that_is_not_utf8_is_windows_1252(html: bool) -> None:
    assert decode(WESTERN.encode("cp1252"), html=html) == WESTERN


def test_one_wrong_byte_does_not_spoil_the_rest() -> None:
    assert decode(WORDS.encode() + b" caf\xe9 \x81") == WORDS + " café \x81"
    assert WORDS in decode(page(meta("utf-8"), WORDS).encode() + b"\x93", html=True)


@pytest.mark.parametrize(
    "raw", [b"\x89PNG\r\n\x1a\n\xffx", b"abc\x00def", "a\0b".encode("utf-16"), b"\xff\xfe\x00\x00a\x00\x00\x00"]
)
def test_what_is_no_text_is_refused(raw: bytes) -> None:
    with pytest.raises(IngestError, match="binary"):
        decode(raw)


ANY_LABEL = st.sampled_from(sorted({*aliases, *aliases.values(), *PYTHONS_OWN})) | st.binary(max_size=12).map(repr)
ANY_HEAD = ANY_LABEL.map(meta) | ANY_LABEL.map(lambda label: f"<?xml version='1.0' encoding='{label}'?>")


@given(st.binary(max_size=300), ANY_HEAD, st.booleans())
@settings(deadline=None)
def test_any_bytes_under_any_label_are_text_or_refused(raw: bytes, head: str, html: bool) -> None:
    for given_bytes in (raw, head.encode() + raw):
        try:
            text = decode(given_bytes, html=html)
        except IngestError:
            continue
        assert isinstance(mended(text).encode(), bytes)


@given(st.lists(st.binary(max_size=60), max_size=6))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_lines_are_read_to_the_end(tmp_path: Path, lines: list[bytes]) -> None:
    path = tmp_path / "any.jsonl"
    good = json.dumps({"text": "The last line."}).encode()
    path.write_bytes(b"{}\n" + b"\n".join([*lines, good]))
    assert list(lines_of(path, 1000))[-1][1] == good.decode()


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("html", [True, False])
def test_a_mark_wins_over_everything(codec: str, html: bool) -> None:
    marked = ("" if codec in ("utf-8-sig", "utf-16") else "\ufeff") + page(meta("koi8-r"), WORDS)
    assert decode(marked.encode(codec), html=html) == page(meta("koi8-r"), WORDS)


@pytest.mark.django_db
@pytest.mark.sqlite
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_of_every_kind_may_carry_a_mark(tmp_path: Path, codec: str) -> None:
    record = {"text": WORDS, "title": "Łódź", "source": "Weir Herald"}
    (tmp_path / "a.txt").write_bytes(f"Łódź pays\n\n{WORDS} A".encode(codec))
    (tmp_path / "b.html").write_bytes(page("", WORDS).encode(codec))
    (tmp_path / "c.json").write_bytes(json.dumps({**record, "text": WORDS + " C"}, ensure_ascii=False).encode(codec))
    lines = [json.dumps({**record, "text": f"{WORDS} {n}"}, ensure_ascii=False) for n in range(3)]
    (tmp_path / "d.jsonl").write_bytes("\r\n".join([*lines, "\ufeff" + lines[0], ""]).encode(codec))
    summary = take(tmp_path)
    assert (summary.refused, len(summary.new), summary.known) == ([], 6, 1)
    assert not Article.objects.filter(title__contains="\ufeff").exists()
    assert all(WORDS in text and "\ufeff" not in text for text in Article.objects.values_list("text", flat=True))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_batch_for_analysis_may_carry_a_mark_or_be_of_windows(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "batch.jsonl"
    lines = [json.dumps({"id": str(n), "source": "A", "text": WESTERN}, ensure_ascii=False) for n in range(2)]
    path.write_bytes("\n".join(lines).encode(codec))
    assert [d.text for d in read_documents(path)] == [WESTERN, WESTERN]


@pytest.mark.django_db
def test_a_line_in_another_encoding_is_read_by_itself(tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"{WESTERN} {n}"}, ensure_ascii=False) for n in range(3)]
    (tmp_path / "mixed.jsonl").write_bytes(
        b"\n".join([lines[0].encode(), lines[1].encode("cp1252"), b"\xff\x00{", codecs.BOM_UTF8 + lines[2].encode()])
    )
    summary = take(tmp_path)
    assert len(summary.new) == 3
    assert [refusal.where for refusal in summary.refused] == [f"{tmp_path / 'mixed.jsonl'}:3"]
    assert all(WESTERN in text for text in Article.objects.values_list("text", flat=True))


def test_text_that_was_decoded_wrongly_before_is_mended() -> None:
    assert mended(WESTERN.encode().decode("latin-1")) == WESTERN
    assert mended(WESTERN.encode().decode("cp1252", "ignore")) == WESTERN
    assert mended(WESTERN.encode("cp1252").decode("latin-1")) == WESTERN


@pytest.mark.parametrize(
    "text",
    [
        WORDS,
        "SÃO PAULO – “não”",
        "Ærø, Ångström, Ÿ",
        "«Ça va»",
        "naïve café",
        "Ελλάδα – Москва",
        "日本 €5",
        "a\u200bb",
    ],
)
def test_text_that_is_right_is_left_alone(text: str) -> None:
    assert mended(text) == text


def test_letters_and_accents_are_composed() -> None:
    assert mended(unicodedata.normalize("NFD", WORDS)) == WORDS


@pytest.mark.django_db
def test_an_article_given_as_mojibake_is_stored_as_it_was_meant() -> None:
    given = {
        name: text.encode().decode("latin-1") for name, text in {"text": WESTERN, "title": "Besançon pays"}.items()
    }
    article = ingest(NewArticle(**given, source="Le Progrès".encode().decode("latin-1"))).article
    assert (article.text, article.title, article.source.name) == (WESTERN, "Besançon pays", "Le Progrès")
