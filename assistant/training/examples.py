"""Questions with the passages that answer them, and those that look as if they did.

Sets: IDK-MRC (Putri & Oh 2022), FacQA of IndoNLU (Wilie et al. 2020), MIRACL Indonesian (Zhang et
al. 2023), and questions made by rule from definitions in laws and from rows of tables (more of
them in `law_questions` and `tariff_questions`). Sentence pairs: IndoNLI (Mahendra et al. 2021).
NoMIRACL (Thakur et al. 2023) is for measuring only: its questions are left out here wherever they
stand.
"""

from __future__ import annotations

import ast
import csv
import json
import random
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to read, and the title and headings above it."""

    text: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A question, a passage, and where in its text the answer stands (None: it does not)."""

    question: str
    passage: Passage
    answer: tuple[int, int] | None
    answers: bool
    """Whether the passage answers; with ``answer`` None it does, but no span is known."""
    source: str
    wrong: tuple[Passage, ...] = ()
    """Passages that are known not to answer."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, a quote, and 0 (entailed), 1 (neutral) or 2 (contradicted)."""

    claim: str
    quote: str
    label: int


def plain(text: str) -> str:
    """Letters and digits only, small: the same question however it is typed."""
    return " ".join(_WORD.findall(text.lower()))


def without_answer(text: str, answer: tuple[int, int]) -> str | None:
    """The text without the sentence or line of its answer; None where nothing is left, or where
    the answer's words stand in it again."""
    begins = [0, *(found.end() for found in re.finditer(r"(?<=[.;:!?])\s+(?=[A-Z(\d])|\n", text))]
    start = max(begin for begin in begins if begin <= answer[0])
    end = min((begin for begin in begins if begin >= answer[1]), default=len(text))
    rest = (text[:start] + text[end:]).strip()
    words = f" {plain(text[slice(*answer)])} "
    return rest if len(rest) >= 60 and words not in f" {plain(rest)} " else None


def idk_mrc(path: Path) -> Iterator[Example]:
    """The questions of one IDK-MRC file; those with a misplaced answer are left out."""
    for paragraph in json.loads(path.read_text(encoding="utf-8")):
        passage = Passage(paragraph["context"])
        for question in paragraph["qas"]:
            if question["is_impossible"]:
                yield Example(question["question"], passage, None, False, "idk-mrc")
                continue
            answer = question["answers"][0]
            start = answer["answer_start"]
            end = start + len(answer["text"])
            if answer["text"] and passage.text[start:end] == answer["text"]:
                yield Example(question["question"], passage, (start, end), True, "idk-mrc")


def facqa(path: Path) -> Iterator[Example]:
    """The questions of one FacQA file; words are joined as people write them."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words, labels = ast.literal_eval(row["passage"]), ast.literal_eval(row["seq_label"])
            text, spans = join_words(words)
            marked = [at for at, label in enumerate(labels) if label in ("B", "I")]
            question = join_words(ast.literal_eval(row["question"]))[0]
            if marked:
                answer = (spans[marked[0]][0], spans[marked[-1]][1])
                yield Example(question, Passage(text), answer, True, "facqa")


def join_words(words: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Words and signs as running text, and where each stands in it."""
    text, spans = "", []
    glued = True
    for word in words:
        closes = re.fullmatch(r"[.,;:!?)\]%”’]+|-", word) is not None
        if text and not glued and not closes:
            text += " "
        spans.append((len(text), len(text) + len(word)))
        text += word
        glued = re.fullmatch(r"[(\[“‘]|-", word) is not None
    return text, spans


@dataclass(frozen=True, slots=True)
class MiraclFiles:
    """MIRACL as its files have it."""

    pool: dict[str, Passage]
    """By document id."""
    questions: dict[str, str]
    """By their number."""
    judgments: list[tuple[str, str, bool]]
    """(question number, document id, whether it answers), of documents in the pool."""


def miracl_files(folder: Path) -> MiraclFiles:
    """Read MIRACL's train questions, judgments, and the passages at hand."""
    pool = {}
    for line in _lines(folder / "pool.jsonl"):
        entry = json.loads(line)
        pool[entry["docid"]] = Passage(entry["text"], entry["title"])
    questions = {}
    for line in _lines(folder / "topics.miracl-v1.0-id-train.tsv"):
        number, question = line.split("\t", 1)
        questions[number] = question.strip()
    judgments = []
    for line in _lines(folder / "qrels.miracl-v1.0-id-train.tsv"):
        number, _, docid, label = line.split("\t")
        if docid in pool:
            judgments.append((number, docid, label.strip() == "1"))
    return MiraclFiles(pool, questions, judgments)


def miracl(folder: Path) -> Iterator[Example]:
    """MIRACL questions whose relevant passage is at hand, with passages judged irrelevant."""
    files = miracl_files(folder)
    right: dict[str, list[Passage]] = {}
    wrong: dict[str, list[Passage]] = {}
    for number, docid, answers in files.judgments:
        (right if answers else wrong).setdefault(number, []).append(files.pool[docid])
    for number in dict.fromkeys([*right, *wrong]):
        question, known_wrong = files.questions[number], tuple(wrong.get(number, ()))
        for passage in right.get(number, ()):
            yield Example(question, passage, None, True, "miracl", known_wrong)
        if number not in right:  # only what does not answer is at hand
            for passage in known_wrong[:2]:
                yield Example(question, passage, None, False, "miracl")


def excluded_questions(folder: Path) -> set[str]:
    """The questions of NoMIRACL, on which nothing may be trained."""
    found = set()
    for name in ("relevant.jsonl", "non_relevant.jsonl"):
        found |= {plain(json.loads(line)["query"]) for line in _lines(folder / name)}
    return found


_DEFINITION = re.compile(
    r"^\s*(?:\d{1,3}|[a-z])[.)]\s+(?P<term>[A-Z][^.;:\n]{2,90}?)"
    r"(?:,? (?:yang )?selanjutnya (?:disebut|disingkat)(?: dengan)? (?P<short>[^,\n]{2,60}),?)? "
    r"adalah (?P<meaning>[^\n]{20,600}?)[.;]?\s*$"
)
_DEFINITION_QUESTIONS = (
    "Apa yang dimaksud dengan {}?", "Apa itu {}?", "Apa definisi {}?", "Apa pengertian dari {}?",
    "{} adalah apa?", "Jelaskan arti {}", "What is meant by {}?", "What is the definition of {}?",
)  # fmt: skip


def definitions(
    folder: Path, left_out: Set[str], rng: random.Random, limit: int
) -> Iterator[Example]:
    """Definitions in the first articles of laws, asked for; each with its neighbours around it.

    ``left_out`` holds paths below the folder, of laws that are measured on.
    """
    seen: set[str] = set()
    files = [
        path
        for path in sorted(folder.rglob("*.md"))
        if path.relative_to(folder).as_posix() not in left_out
    ]
    rng.shuffle(files)
    for file in files:
        lines = [line.strip() for line in file.read_text(errors="ignore").splitlines()]
        lines = [line for line in lines if line]
        title = " ".join(lines[0].lstrip("# ").split())[:150] if lines else ""
        for at, line in enumerate(lines):
            found = _DEFINITION.match(line)
            if found is None or plain(found["term"]) in seen or len(seen) >= limit:
                continue
            seen.add(plain(found["term"]))
            before, after = rng.randint(0, 2), rng.randint(0, 2)
            around = [lines[other][:500] for other in range(max(0, at - before), at)]
            start = sum(len(text) + 1 for text in around) + found.start("meaning")
            around += [line, *(text[:500] for text in lines[at + 1 : at + 1 + after])]
            text = "\n".join(around)
            term = found["term"] if not found["short"] or rng.random() < 0.5 else found["short"]
            question = rng.choice(_DEFINITION_QUESTIONS).format(term.strip())
            answer = (start, start + len(found["meaning"]))
            if text[slice(*answer)] == found["meaning"]:
                yield Example(question, Passage(text, title), answer, True, "definitions")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: its cells by their header."""

    cells: tuple[tuple[str, str], ...]


_ASKED = {
    "pagu": (
        "Berapa pagu {}?", "Berapa anggaran {}?", "Berapa nilai pagu paket {}?",
        "How much is the budget for {}?",
    ),
    "metode": ("Apa metode pemilihan {}?", "Bagaimana metode pengadaan {}?"),
    "waktu": ("Kapan waktu pemilihan {}?", "Kapan {} dilaksanakan?"),
    "lokasi": ("Di mana lokasi {}?", "Di mana {} dikerjakan?"),
    "satuan": ("Satuan kerja mana yang mengadakan {}?", "Dinas apa yang mengerjakan {}?"),
    "dana": ("Dari mana sumber dana {}?", "Apa sumber dana {}?"),
}  # fmt: skip


def table_rows(rows: Sequence[TableRow], rng: random.Random, limit: int) -> Iterator[Example]:
    """Questions for one cell of a row that is named by another; rows around it are wrong."""
    from docs_store.sentences import CELL_SEPARATOR

    named: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        named.setdefault(plain(_name_cell(row)), []).append(at)
    unique = [places[0] for name, places in sorted(named.items()) if len(places) == 1 and name]
    for at in rng.sample(unique, min(limit, len(unique))):
        row = rows[at]
        name = _name_cell(row)
        choices = [
            (index, key)
            for index, (header, cell) in enumerate(row.cells)
            for key in _ASKED
            if key in header.lower() and 0 < len(cell) < 80 and cell != name
        ]
        if not choices:
            continue
        index, key = rng.choice(choices)
        first = max(0, at - rng.randint(0, 2))
        lines, answer, length = [], None, 0
        for other in range(first, min(len(rows), first + 3)):
            cells = [cell for _, cell in rows[other].cells]
            if other == at:
                start = length + sum(len(cell) + len(CELL_SEPARATOR) for cell in cells[:index])
                answer = (start, start + len(cells[index]))
            lines.append(CELL_SEPARATOR.join(cells))
            length += len(lines[-1]) + 1
        header = CELL_SEPARATOR.join(header for header, _ in row.cells)[:150]
        question = rng.choice(_ASKED[key]).format(name)
        if answer is not None:
            yield Example(question, Passage("\n".join(lines), header), answer, True, "tables")


def _name_cell(row: TableRow) -> str:
    for header, cell in row.cells:
        if "nama" in header.lower() and "paket" in header.lower():
            return cell
    return ""


def indonli(path: Path) -> Iterator[Pair]:
    """Sentence pairs; a long premise is kept whole."""
    for line in _lines(path):
        entry = json.loads(line)
        yield Pair(entry["hypothesis"], entry["premise"], "enc".index(entry["label"]))


def _lines(path: Path) -> list[str]:
    # Not splitlines(): passages hold other line breaks than that at a line's end.
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


_ENGLISH_WORDS = (
    (r"^siapakah\b|^siapa\b", "Who"), (r"^kapankah\b|^kapan\b", "When"),
    (r"^(?:di ?manakah|di ?mana)\b", "Where"),
    (r"^apakah nama\b|^apa nama\b", "What is the name of"),
    (r"^berapakah jumlah\b|^berapa jumlah\b", "How many"), (r"^berapakah\b|^berapa\b", "How many"),
    (r"^apakah\b|^apa\b", "What is"), (r"^mengapa\b|^kenapa\b", "Why"),
    (r"^bagaimanakah\b|^bagaimana\b", "How"), (r"\byang\b", "that"), (r"\bdari\b", "of"),
    (r"\bdi\b", "in"), (r"\bpada tahun\b", "in"), (r"\bdan\b", "and"),
    (r"\bpertama kali\b", "first"),
    (r"\bpertama\b", "first"), (r"\bpresiden\b", "president"), (r"\bprovinsi\b", "province"),
    (r"\bkabupaten\b", "regency"), (r"\bkota\b", "city"), (r"\bnegara\b", "country"),
    (r"\bibu ?kota\b", "capital"), (r"\bdidirikan\b", "founded"), (r"\blahir\b", "born"),
    (r"\bmeninggal\b", "died"), (r"\bterbesar\b", "largest"), (r"\bpulau\b", "island"),
    (r"\bpenduduk\b", "population"), (r"\bluas\b", "area"), (r"\bpendiri\b", "founder"),
    (r"\bdengan\b", "with"), (r"\buntuk\b", "for"), (r"\bdalam\b", "in"), (r"\boleh\b", "by"),
    (r"\bmenjadi\b", "become"), (r"\bberada\b", "located"), (r"\bterletak\b", "located"),
)  # fmt: skip


def half_english(question: str) -> str:
    """The question with its common words in English: names stay, as in a real English question.

    No English questions over Indonesian texts are at hand; this keeps the two languages together.
    """
    for pattern, word in _ENGLISH_WORDS:
        question = re.sub(pattern, word, question, flags=re.IGNORECASE)
    return question
