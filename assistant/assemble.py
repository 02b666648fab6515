"""Puts an answer together out of grounded drafts: markers, parts, table, steps, workings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.comparison import NOT_FOUND
from assistant.conversation import (
    Answer,
    AnswerPart,
    Cell,
    Citation,
    Computed,
    Language,
    Table,
    TableRow,
    TimelineStep,
)
from assistant.drafts import Draft, DraftStatement
from assistant.event_dates import event_date


@dataclass(frozen=True, slots=True)
class PartAnswer:
    """One of the questions that were asked at once, and what answers it."""

    question: str
    draft: Draft
    """Its statements have passed the gate; none where there is no answer."""
    reason: str
    """Why there is none."""


def numbered(parts: Sequence[PartAnswer]) -> list[PartAnswer]:
    """Markers from 1 in the order of reading; the same words of a document have one marker."""
    markers: dict[tuple[str, int, int, int], int] = {}
    done = []
    for part in parts:
        statements = tuple(
            replace(
                statement,
                citations=tuple(
                    replace(cited, marker=markers.setdefault(_place(cited), len(markers) + 1))
                    for cited in statement.citations
                ),
            )
            for statement in part.draft.statements
        )
        done.append(replace(part, draft=replace(part.draft, statements=statements)))
    return done


def assembled(answer: Answer, parts: Sequence[PartAnswer], language: Language) -> Answer:
    """The answer with what its parts say; abstained where none of them says anything."""
    lines: list[AnswerPart] = []
    computed: list[Computed] = []
    citations: dict[int, Citation] = {}
    table: Table | None = None
    steps: tuple[TimelineStep, ...] = ()
    for part in parts:
        if len(parts) > 1:
            lines.append(AnswerPart("part", part.question))
        statements = part.draft.statements
        if not statements:
            lines.append(AnswerPart("note", part.reason))
            continue
        lines.append(AnswerPart("lead", part.draft.lead))
        worked = _worked_out(part.draft)
        if worked is not None:
            computed.append(worked)
            lines.append(AnswerPart("value", worked.value, worked.markers))
            lines.append(AnswerPart("statement", worked.expression, worked.markers))
        shown_table = _table(part.draft, language)
        if shown_table is not None:
            table = table or shown_table
            lines += _cells_as_items(shown_table)
        else:
            lines += _lines(statements)
        if part.draft.is_sequence:
            steps = steps or _steps(statements)
        if part.draft.note:
            lines.append(AnswerPart("note", part.draft.note))
        citations |= {c.marker: c for statement in statements for c in statement.citations}
    return replace(
        answer,
        parts=tuple(lines),
        citations=tuple(citations[marker] for marker in sorted(citations)),
        computed=tuple(computed),
        table=table,
        timeline=steps,
    )


def in_time(statements: Sequence[DraftStatement]) -> tuple[DraftStatement, ...]:
    """Steps by their dates where each has one; as they stand where not."""
    dated = [(event_date(statement.text), at) for at, statement in enumerate(statements)]
    if not all(date for date, _ in dated):
        return tuple(statements)
    return tuple(statements[at] for _, at in sorted(dated, key=lambda d: (d[0] or ("",))[0]))


def _lines(statements: Sequence[DraftStatement]) -> list[AnswerPart]:
    lines = []
    for statement in statements:
        markers = _markers(statement)
        if statement.value:
            lines.append(AnswerPart("value", statement.value, markers))
        kind = "item" if statement.role == "item" else "statement"
        lines.append(AnswerPart(kind, statement.text, markers))  # type: ignore[arg-type]
    return lines


def _table(draft: Draft, language: Language) -> Table | None:
    if draft.table is None:
        return None
    cells = {statement.cell: statement for statement in draft.statements if statement.cell}
    rows = []
    for row, label in enumerate(draft.table.rows):
        shown = []
        for column in range(len(draft.table.columns)):
            statement = cells.get((row, column))
            if statement is None:
                shown.append(Cell(NOT_FOUND[language]))
            else:
                text = statement.value or statement.text
                shown.append(Cell(text, _markers(statement)))
        rows.append(TableRow(label, tuple(shown)))
    return Table(draft.table.columns, tuple(rows))


def _cells_as_items(table: Table) -> list[AnswerPart]:
    """The table as lines, for those who read no tables: programs, screen readers, the clipboard."""
    return [
        AnswerPart("item", f"{row.label}, {name}: {cell.text}", cell.markers)
        for row in table.rows
        for name, cell in zip(table.columns, row.cells, strict=True)
    ]


def _worked_out(draft: Draft) -> Computed | None:
    operands = [statement for statement in draft.statements if statement.operand]
    if draft.working is None or len(operands) < draft.operands:
        return None
    markers = tuple(dict.fromkeys(m for operand in operands for m in _markers(operand)))
    return Computed(draft.working.value, draft.working.expression, markers)


def _steps(statements: Sequence[DraftStatement]) -> tuple[TimelineStep, ...]:
    items = [statement for statement in statements if statement.role == "item"]
    if len(items) < 2:
        return ()
    steps = []
    for place, statement in enumerate(items, start=1):
        date = event_date(statement.text)
        steps.append(
            TimelineStep(
                date=date[0] if date else None,
                label=date[1] if date else str(place),
                text=statement.text,
                markers=_markers(statement),
            )
        )
    return tuple(steps)


def _markers(statement: DraftStatement) -> tuple[int, ...]:
    return tuple(dict.fromkeys(citation.marker for citation in statement.citations))


def _place(citation: Citation) -> tuple[str, int, int, int]:
    return citation.document_id, citation.version, citation.start, citation.end
