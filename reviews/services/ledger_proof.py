"""Proving the ledger: every line follows from the one before, and every note and judgement is as its line says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from claims import chain
from claims.models import Judgement, LedgerLine
from claims.services import ledger
from claims.services.ledger import Kind
from reviews.models import Note
from reviews.services.notes import note_content
from reviews.services.proofs import UNREADABLE, Fault

CHUNK = 2000


@dataclass(slots=True)
class LedgerProof:
    """The hashes of the lines by their numbers, the contents by kind and row, and what is not as it was written."""

    lines: dict[int, str] = field(default_factory=dict)
    contents: dict[tuple[str, int], str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def has(self, head: object) -> bool:
        """Say whether the ledger holds the line that ``head`` names, as ``[number, hash]``; nothing names none."""
        return not head or (isinstance(head, list) and self.lines.get(head[0]) == head[1])

    def take(self, kind: Kind, row: int, content: str, where: str) -> Iterator[Fault]:
        """Compare a row with its line, which is done with then."""
        line = self.contents.pop((kind, row), None)
        if line is None:
            yield Fault(where, "no line of the ledger tells of it: it was put in behind the desk")
        elif line != content:
            yield Fault(where, "it was changed")


def prove() -> LedgerProof:
    """Go through the ledger and through all that it tells of; costs memory for two hashes a line."""
    proof = LedgerProof()
    try:
        proof.faults += _broken_lines(proof)
        proof.faults += _changed_notes(proof)
        proof.faults += _changed_judgements(proof)
    except UNREADABLE as error:
        proof.faults.append(Fault("the ledger", f"it cannot be read: {error}"))
        return proof
    proof.faults += [Fault(f"{Kind(kind).label} {row}", "it was taken away") for kind, row in sorted(proof.contents)]
    return proof


def _broken_lines(proof: LedgerProof) -> Iterator[Fault]:
    """Read all lines; the first that is broken is named."""
    previous, broken = chain.LEDGER_GENESIS, False
    for number, line in enumerate(LedgerLine.objects.order_by("sequence").iterator(chunk_size=CHUNK), start=1):
        proof.lines[line.sequence] = line.hash
        proof.contents[line.kind, line.row] = line.content
        whole = line.hash == chain.digest(ledger.line_fields(line))
        if not (broken or (whole and line.sequence == number and line.previous == previous)):
            broken = True
            yield Fault(f"line {line.sequence} of the ledger", "it was changed, or a line before it is missing")
        previous = line.hash


def _changed_notes(proof: LedgerProof) -> Iterator[Fault]:
    notes = Note.objects.select_related("review").only("review__claim_id", "author_id", "text", "created_at")
    for note in notes.order_by("pk").iterator(chunk_size=CHUNK):
        where = f"note {note.pk} (claim {note.review.claim_id})"
        yield from proof.take(Kind.NOTE, note.pk, note_content(note), where)


def _changed_judgements(proof: LedgerProof) -> Iterator[Fault]:
    for given in Judgement.objects.order_by("pk").iterator(chunk_size=CHUNK):
        where = f"judgement {given.pk}"
        yield from proof.take(Kind.JUDGEMENT, given.pk, ledger.judgement_content(given), where)
        if given.withdrawn_at is not None:
            content = ledger.withdrawal_content(given.pk, given.withdrawn_at, given.withdrawn_by_id)
            yield from proof.take(Kind.WITHDRAWAL, given.pk, content, f"{where}, taken back")
