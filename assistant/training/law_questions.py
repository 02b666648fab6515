"""Questions made by rule from sentences of laws: time limits, amounts, who, with what, lists.

The public sets ask about encyclopedias and news; officials ask about rules. A sentence such as
"Bupati menyampaikan laporan paling lambat 3 bulan setelah tahun anggaran berakhir" becomes
"Kapan Bupati menyampaikan laporan?". The wording is poorer than people's, so it is varied: words
fall out, short forms and chat spelling come in, the law is named now and then.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from assistant.training.examples import Example, Passage, plain, without_answer

LINE_CHARS_MAX = 700
STEM_WORDS = (2, 18)
PER_LAW_MAX = 40
ALIKE_MAX = 6
"""Laws that found a regency or a city say the same things; so many questions open alike at most."""
WRONG_MAX = 3

_REFERENCE = re.compile(
    r",? ?(?:sebagaimana|seperti) (?:yang )?di ?maksud (?:pada|dalam|di) "
    r"(?:(?:,|dan|atau|sampai dengan|jo\.?)? ?(?:Pasal \d+[A-Z]?|ayat \(?\w{1,3}\)?|huruf [a-z]+\b"
    r"|angka \d+(?:\))?) ?)+,?"
)
_MARK = re.compile(r"^(?:\(\d{1,2}[a-z]?\)|\d{1,3}[.)]|[a-z]{1,2}[.)])\s+")
_ARTICLE = re.compile(r"^#*\s*(Pasal \d+[A-Z]?)\s*$")
_FIGURE = r"(?:Rp\.? ?)?\d[\d.,/]*\d?%?(?: ?\([^)]{2,70}\))?"
_UNIT = r"(?!(?:dari|dan|atau|yang|untuk|dalam|dengan|per|bagi|oleh)\b)[A-Za-z]{3,14}"
_LIMIT = re.compile(
    r"(?:paling (?P<sort>lama|lambat|cepat|singkat|sedikit|banyak|rendah|tinggi|kurang)"
    r"|(?P<least>sekurang-kurangnya)|selambat-lambatnya)(?: sebesar| sejumlah)? "
    rf"(?P<value>(?:tanggal )?{_FIGURE}(?: (?P<unit>{_UNIT}))?)"
    r"(?: [^\s.;:,]+){0,14}(?=[.;,:]|$)"
)
_AMOUNT = re.compile(
    r"^(?P<what>[A-Z][^.;:]{8,120}?) (?:adalah |yaitu |ditetapkan |dikenakan )?"
    rf"(?:sebesar|sejumlah|sebanyak|berjumlah|seluas) (?P<value>{_FIGURE}(?: {_UNIT})?)"
)
_PASSIVES = {
    "ditetapkan": "menetapkan", "diatur": "mengatur", "dilakukan": "melakukan",
    "dilaksanakan": "melaksanakan", "dipimpin": "memimpin", "diangkat": "mengangkat",
    "dibentuk": "membentuk", "diusulkan": "mengusulkan", "dipilih": "memilih",
    "disahkan": "mengesahkan", "disusun": "menyusun", "ditunjuk": "menunjuk",
    "dikelola": "mengelola", "diberikan": "memberikan", "dilantik": "melantik",
    "diselenggarakan": "menyelenggarakan", "dikoordinasikan": "mengoordinasikan",
    "diberhentikan": "memberhentikan", "disetujui": "menyetujui", "dibina": "membina",
    "diresmikan": "meresmikan", "disampaikan": "menyampaikan", "diajukan": "mengajukan",
}  # fmt: skip
_PASSIVE = re.compile(
    r"^(?P<what>[A-Z][^.;:]{6,150}?),? (?P<verb>"
    + "|".join(_PASSIVES)
    + r")(?: lebih lanjut)? (?P<by>oleh|dengan(?! cara)|dalam|kepada) (?P<who>[^.;:,]{4,90}?)"
    r"(?=[.;,:]|$| sesuai | berdasarkan | setelah | atas | paling | dengan | dalam | untuk )"
)
_ANSWERABLE_TO = re.compile(
    r"^(?P<what>[A-Z][^.;:]{3,90}?)(?: berada di bawah dan)? bertanggung ?jawab(?: langsung)?"
    r" kepada (?P<who>[^.;:,]{4,80}?)(?=[.;,]|$| melalui )"
)
_SEAT = re.compile(
    r"(?i:ibu ?kota) (?P<what>(?:Kabupaten|Kota|Pro[vp]insi) [A-Z][\w ]{2,40}?),? "
    r"(?:berkedudukan|terletak|bertempat) di (?P<who>[A-Z][^.;:,]{2,50})"
)
_NO_STEM = re.compile(r"dimaksud|Pasal \d|ayat \(|diubah|disisipkan")
_FURTHER = re.compile(r"^Ketentuan (?:lebih lanjut )?(?:mengenai|tentang) ")
_LIST = re.compile(
    r"^(?P<what>[A-Z][^.;:]{6,120}?),? (?:terdiri (?:atas|dari)|meliputi|mencakup|sebagai berikut"
    r"|memuat|wajib memenuhi(?: syarat| persyaratan)?)\s*:$"
)
_TEMPLATES = {
    "long": ("Berapa lama {}?", "Paling lama berapa {unit} {}?", "{} paling lama berapa?"),
    "when": ("Kapan {}?", "Paling lambat kapan {}?", "Batas waktu {}?", "{} paling lambat kapan?"),
    "count": ("Berapa {unit} {}?", "Paling {sort} berapa {unit} {}?", "{} paling {sort} berapa?"),
    "percent": ("Berapa persen {}?", "Berapa {}?", "{} paling {sort} berapa persen?"),
    "money": ("Berapa rupiah {}?", "Berapa {}?", "{} paling {sort} berapa?"),
    "amount": ("Berapa {}?", "{} berapa?", "Berapa besar {}?"),
    "oleh": ("Siapa yang {active} {}?", "{} {verb} oleh siapa?", "Oleh siapa {} {verb}?"),
    "dengan": ("{} {verb} dengan apa?", "Dengan apa {} {verb}?"),
    "dalam": ("{} {verb} dalam apa?", "Dalam apa {} {verb}?"),
    "kepada": ("Kepada siapa {} {verb}?", "{} {verb} kepada siapa?"),
    "rules": ("Apa yang mengatur {}?", "Peraturan apa yang mengatur {}?", "{} diatur dengan apa?"),
    "answers to": ("Kepada siapa {} bertanggung jawab?", "{} bertanggung jawab ke siapa?"),
    "seat": ("Di mana ibu kota {}?", "Apa ibu kota {}?", "What is the capital of {}?"),
    "list": ("Apa saja {}?", "Sebutkan {}", "{} terdiri atas apa saja?", "Apa yang termasuk {}?"),
}  # fmt: skip
_SAID_OTHERWISE = (
    ("Dewan Perwakilan Rakyat Daerah", "DPRD"), ("Anggaran Pendapatan dan Belanja Daerah", "APBD"),
    ("peraturan daerah", "perda"), ("pegawai negeri sipil", "PNS"), ("menyampaikan", "menyerahkan"),
    ("memperoleh", "mendapat"), ("memberikan", "memberi"), ("dilaksanakan", "dijalankan"),
    ("Pemerintah Daerah", "pemda"), ("masa jabatan", "lama jabatan"), ("mengajukan", "meminta"),
    ("sekurang-kurangnya", "minimal"), ("penyelenggaraan", "pelaksanaan"), ("jumlah", "banyaknya"),
    ("biaya", "ongkos"), ("pembentukan", "pendirian"), ("diberhentikan", "dicopot"),
)  # fmt: skip
_CHAT = (("Berapa", "brp"), ("Kapan", "kpn"), ("Siapa yang", "siapa yg"), ("dengan", "dgn"))
_MAY_FALL = frozenset("yang untuk dalam pada secara tersebut dapat wajib harus telah oleh".split())
_LAW = {"uu": ("UU", "Undang-Undang"), "pp": ("PP", "Peraturan Pemerintah")}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question of a sort about a stem, and where in its line the answer stands."""

    sort: str
    stem: str
    answer: tuple[int, int] | None
    slots: dict[str, str]


def law_questions(
    folder: Path, left_out: Set[str], rng: random.Random, limit: int
) -> Iterator[Example]:
    """Questions over the laws of a folder, at most 40 of one law, each with passages beside it.

    Args:
        folder: ``uu/2022/1.md`` and so on below it.
        left_out: paths below the folder that are measured on.
        rng: of wording and choice.
        limit: how many questions at most.
    """
    files = sorted(folder.rglob("*.md"))
    rng.shuffle(files)
    count = 0
    alike: Counter[str] = Counter()
    for file in files:
        path = file.relative_to(folder).as_posix()
        if path in left_out:
            continue
        lines = [" ".join(line.split()) for line in file.read_text(errors="ignore").splitlines()]
        lines = [line for line in lines if line and len(line) <= LINE_CHARS_MAX]
        found = [(at, asked) for at in range(len(lines)) for asked in _asked(lines, at)]
        for at, asked in rng.sample(found, min(PER_LAW_MAX, len(found))):
            if count >= limit:
                return
            opening = " ".join([asked.sort, *asked.stem.lower().split()[:3]])
            alike[opening] += 1
            if alike[opening] > ALIKE_MAX:
                continue
            example = _example(lines, at, asked, path, rng)
            if example is not None:
                count += 1
                yield example


def _asked(lines: list[str], at: int) -> Iterator[_Asked]:
    line = lines[at]
    mark = _MARK.match(line)
    begin = mark.end() if mark else 0
    body = line[begin:]
    if listed := _LIST.match(body):
        items = sum(_MARK.match(other) is not None for other in lines[at + 1 : at + 4])
        if items >= 2:
            yield from _of("list", listed["what"], None, {})
        return
    if limit := _LIMIT.search(body):
        yield from _limit(body, limit, begin)
    if (amount := _AMOUNT.match(body)) and "paling" not in amount["what"]:
        value = (begin + amount.start("value"), begin + amount.end("value"))
        yield from _of("amount", amount["what"], value, {})
    if passive := _PASSIVE.match(body):
        who = (begin + passive.start("who"), begin + passive.end("who"))
        slots = {"verb": passive["verb"], "active": _PASSIVES[passive["verb"]]}
        if _FURTHER.match(passive["what"]):
            yield from _of("rules", _FURTHER.sub("", passive["what"]), who, slots)
        else:
            yield from _of(passive["by"], passive["what"], who, slots)
    for sort, pattern in (("answers to", _ANSWERABLE_TO), ("seat", _SEAT)):
        if found := pattern.search(body):
            who = (begin + found.start("who"), begin + found.end("who"))
            yield from _of(sort, found["what"], who, {})


def _limit(body: str, found: re.Match[str], begin: int) -> Iterator[_Asked]:
    stem = body[: found.start()]
    if "paling" in stem or "kurangnya" in stem:
        return
    sort = found["sort"] or ("sedikit" if found["least"] else "lambat")
    unit = found["unit"] or ""
    value = (begin + found.start("value"), begin + found.end("value"))
    slots = {"sort": sort, "unit": unit.lower()}
    if sort in ("lambat", "cepat"):
        yield from _of("when", stem, (begin + found.start(), begin + found.end()), slots)
    elif "%" in found["value"] or "persen" in found["value"] or "perseratus" in found["value"]:
        yield from _of("percent", stem, value, slots)
    elif found["value"].startswith("Rp"):
        yield from _of("money", stem, value, slots)
    elif unit and sort in ("lama", "singkat"):
        yield from _of("long", stem, value, slots)
    elif unit:
        yield from _of("count", stem, value, slots)


def _of(
    sort: str, stem: str, answer: tuple[int, int] | None, slots: dict[str, str]
) -> Iterator[_Asked]:
    stem = re.sub(r"\s*\([^)]*\)", "", _REFERENCE.sub(" ", stem))
    stem = " ".join(stem.split()).rsplit(". ", 1)[-1]
    stem = re.sub(r"^ayat |(?:,| yang| harus)+$", "", stem.strip(" ,_"))
    least = STEM_WORDS[0] + (sort == "amount")
    if _NO_STEM.search(stem) is None and least <= len(stem.split()) <= STEM_WORDS[1]:
        yield _Asked(sort, stem, answer, slots)


def _example(
    lines: list[str], at: int, asked: _Asked, path: str, rng: random.Random
) -> Example | None:
    first = max(0, at - rng.randint(0, 4))
    around = [line[:500] for line in lines[first:at]]
    begin = sum(len(line) + 1 for line in around)
    last = at + (rng.randint(3, 9) if asked.answer is None else rng.randint(1, 4))
    text = "\n".join([*around, lines[at], *(line[:500] for line in lines[at + 1 : last])])
    answer = None if asked.answer is None else (begin + asked.answer[0], begin + asked.answer[1])
    kind, year, number = path.removesuffix(".md").split("/")
    short, long = _LAW.get(kind, (kind.capitalize(), kind.capitalize()))
    article = next((a[1] for line in lines[at::-1] if (a := _ARTICLE.match(line))), "")
    context = f"{long} Nomor {number} Tahun {year} {article}".strip()
    question = _worded(asked, rng)
    if rng.random() < 0.2:
        question = question.rstrip("?") + rng.choice(
            (f" menurut {short} {number}/{year}?", f" dalam {short} Nomor {number} Tahun {year}?")
        )
    wrong = _like(lines, at, question, text, answer)
    if answer is not None and rng.random() < 0.6 and (rest := without_answer(text, answer)):
        wrong.insert(0, rest)
    if not wrong:
        return None
    passages = tuple(Passage(one, context) for one in wrong[:WRONG_MAX])
    return Example(question, Passage(text, context), answer, True, "laws", passages)


def _worded(asked: _Asked, rng: random.Random) -> str:
    stem = asked.stem
    if not re.match(
        r"[A-Z]{2}|(?:Bupati|Gubernur|Menteri|Presiden|Kabupaten|Kota|Provinsi)\b", stem
    ):
        stem = stem[:1].lower() + stem[1:]
    for words, other in _SAID_OTHERWISE:
        if rng.random() < 0.5:
            stem = re.sub(rf"\b{words}\b", other, stem, flags=re.IGNORECASE)
    kept = [word for word in stem.split() if word not in _MAY_FALL or rng.random() > 0.25]
    template = rng.choice(_TEMPLATES[asked.sort])
    question = " ".join(template.format(" ".join(kept), **asked.slots).split())
    if rng.random() < 0.15:
        for word, other in _CHAT:
            question = re.sub(rf"\b{word}\b", other, question)
        question = question.lower()
    elif rng.random() < 0.2:
        question = question.lower()
    if rng.random() < 0.25:
        question = question.rstrip("?")
    return question[:1].upper() + question[1:] if rng.random() < 0.7 else question


def _like(
    lines: list[str], at: int, question: str, text: str, answer: tuple[int, int] | None
) -> list[str]:
    """Other places of the law that share words with the question and do not hold the answer."""
    wanted = {word for word in plain(question).split() if len(word) > 3}
    held = f" {plain(text[slice(*answer)])} " if answer is not None else None
    scored = []
    for other in range(0, len(lines), 3):
        if abs(other - at) < 12:
            continue
        block = "\n".join(line[:400] for line in lines[other : other + 4])
        words = plain(block)
        if held is not None and held in f" {words} ":
            continue
        shared = len(wanted & set(words.split()))
        if shared >= 2:
            scored.append((shared, -len(block), block))
    return [block for _, _, block in sorted(scored, reverse=True)[:WRONG_MAX]]
