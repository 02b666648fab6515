"""The share of articles found with the right number in laws with recognition noise.

Run: ``python -m tests.benchmarks.articles``. The laws are the first 60 of a shuffle with seed 4;
beside ours stands a plain reading, the lines that are nothing but "Pasal 12". What articles there
are is in ``articles_truth.tsv``.
"""

from __future__ import annotations

import csv
import os
import random
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.articles import is_article
from ingest.limits import Limits
from ingest.parsers.markdown import parse
from ingest.structure import structure

ROOT = Path(__file__).parents[2]
TRUTH = Path(__file__).with_name("articles_truth.tsv")
SEED, LAWS = 4, 60
_PLAIN = re.compile(r"^Pasal (\d+[A-Z]?|[IVX]+)$", re.MULTILINE)
_OURS = re.compile(r"Pasal (?:[IVX]+(?: angka \d+)? \(Pasal )?(\d+[A-Z]{0,2}|[IVX]+)\)?")
HELD_TWICE = {"uu/1999/12.md"}
"""The file holds the law two times, one after the other."""


@dataclass(frozen=True, slots=True)
class Score:
    """Articles that there are, those found, and headings that are none (or not the article)."""

    articles: int
    found: int
    false: int


def laws(folder: Path) -> list[str]:
    """The sample: paths in ``folder``."""
    with (folder / "index.csv").open(encoding="utf-8") as index:
        paths = sorted(row["path"] for row in csv.DictReader(index))
    random.Random(SEED).shuffle(paths)
    return paths[:LAWS]


def truth() -> dict[str, list[str]]:
    """The articles of each law of the sample."""
    rows = [line.split("\t") for line in TRUTH.read_text(encoding="utf-8").splitlines()]
    found = {}
    for path, articles in (row for row in rows if not row[0].startswith("#")):
        count = int(articles) if articles.isdigit() else 0
        found[path] = [str(n) for n in range(1, count + 1)] or articles.split()
    return found


def ours(folder: Path, path: str) -> list[str]:
    """The numbers of the articles that ingest opens in the body of a law."""
    document = structure(parse((folder / path).read_bytes(), path, Limits()).blocks)
    opened = (at.place[0] for at in document.blocks if is_article(at.block) and at.place)
    return [found[1] for found in map(_OURS.fullmatch, opened) if found]


def plain(folder: Path, path: str, only_body: bool) -> list[str]:
    """The numbers that a plain reading gives, of all the file or up to the closing formula."""
    text = (folder / path).read_text(encoding="utf-8")
    return _PLAIN.findall(text.split("Agar setiap orang", 1)[0] if only_body else text)


def score(path: str, read: Iterable[str], articles: list[str]) -> Score:
    """How a reading of a law does."""
    counted = Counter(read)
    found = sum(article in counted for article in articles)
    times = 2 if path in HELD_TWICE else 1
    false = sum(max(0, count - times * (number in articles)) for number, count in counted.items())
    return Score(len(articles), found, false)


def total(scores: Iterable[Score]) -> Score:
    """All laws as one."""
    every = list(scores)
    return Score(*(sum(getattr(s, f) for s in every) for f in ("articles", "found", "false")))


def main() -> None:
    data = Path(os.environ.get("TANYA_DATA", ROOT.parent / "shared" / "data"))
    folder = data / "governance" / "laws-regional-gov"
    known = truth()
    print("| law | articles | ours | false | plain, body | false | plain, file | false |")
    print("| --- " * 8 + "|")
    scores = []
    for path in laws(folder):
        read = (ours(folder, path), plain(folder, path, True), plain(folder, path, False))
        scores.append([score(path, numbers, known[path]) for numbers in read])
        shown = " | ".join(f"{one.found} | {one.false}" for one in scores[-1])
        print(f"| {path[:-3]} | {len(known[path])} | {shown} |")
    print()
    for at, name in enumerate(("ours", "plain lines of the body", "plain lines of the file")):
        one = total(row[at] for row in scores)
        share = one.found / one.articles
        print(f"{name}: {one.found} of {one.articles} ({share:.1%}), {one.false} false")


if __name__ == "__main__":
    main()
