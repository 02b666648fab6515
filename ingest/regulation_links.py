"""What a regulation says it does to others: revoke or amend them; and what was done to itself.

Only what the text does by its own words counts. That other regulations were changed by others
("sebagaimana telah diubah dengan", in Mengingat) is not about this text, nor is what may be, must
be or was revoked; a licence is no regulation.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from docs_store.records import RegulationLink, Relation
from docs_store.regulation_keys import RegulationName, find_regulations

_TITLE_CHARS_MAX = 4_000
_ENACTING_TITLE_CHARS = 1_200
_CLAUSE_CHARS_MAX = 12_000
_LIST_CHARS_MAX = 700
"""Between two regulations of one list."""
_PROOF_CHARS_MAX = 2_000
"""From a regulation's name to the verb, with the rest of the list between: without the verb the
words prove nothing."""
_TITLE_ENDS = re.compile(r"\b(?:Menimbang|MENIMBANG|Mengingat|MENGINGAT)\b")
_ENACTED = re.compile(r"\bMenetapkan\b|\bMENETAPKAN\b|\bMEMUTUSKAN\b")
_CLOSED = re.compile(r"\bAgar\s+setiap\s+orang\b|\bDitetapkan\s+di\b|\bPENJELASAN\s+ATAS\b")
_TITLE_VERB = re.compile(
    r"\b(?:(?P<amends>PERUBAHAN(?:\s+(?:KE\w+|PERTAMA))?\s+ATAS)|(?P<revokes>PENCABUTAN(?:\s+ATAS)?))"
    r"\s+",
    re.IGNORECASE,
)
_REVOKED = re.compile(
    r"\b(?:dicabut|dinyatakan\s+(?:dicabut|tidak\s+berlaku)|tidak\s+berlaku\s+lagi)\b"
    r"(?:\s+dan\s+(?:di)?nyatakan\s+tidak\s+berlaku)?(?:\s+lagi)?"
)
_CHANGED = re.compile(r"\bdiubah\s+(?=sebagai\b|sehingga\b|menjadi\b|dan\s+ditambah)")
_REVOKING = re.compile(
    r"\b[Mm]encabut\s+(?:dan\s+menyatakan\s+tidak\s+berlaku(?:\s+lagi)?\s*)?:?\s*(?:[a-z\d]{1,2}[.)]\s*)?"
)
_DONE_TO_SELF = re.compile(
    r"(?:\bini\s+(?:telah\s+)?(?:beberapa\s+kali\s+)?|(?:^|\n)[ \t(]*(?:Status[ \t]*:[ \t]*)?)"
    r"(?P<how>[Dd]icabut|[Dd]iubah)(?:\s+dan\s+dinyatakan\s+tidak\s+berlaku)?"
    r"(?:[ ,]+terakhir)?\s+(?:dengan|oleh)\s*:?\s+"
)
_CLAUSE_STARTS = re.compile(
    r"\b(?:Pada\s+saat|Pada\s+waktu|Dengan\s+(?:mulai\s+)?(?:ber|di)lakukannya|"
    r"Dengan\s+(?:mulai\s+)?berlakunya|Sejak|Pada\s+tanggal|Terhitung|Beberapa\s+ketentuan)\b"
    r"|\n\nPasal\s+\w{1,4}\s*\n\n|\n\n(?:KE\w+|PERTAMA)\s*:"
)
_SENTENCE_ENDS = re.compile(r"(?<!\bNo)(?<!\bNr)(?<!\b[a-z])(?<!\n\d)(?<!\n\d\d)\.\s+(?=[A-Z(\d])")
_NOT_DONE = re.compile(
    r"\b(?:dapat|belum|tidak|akan|perlu|harus|wajib|telah|sedang|sampai|sebelum|jika|apabila|atau|"
    r"diganti|yang|pernah|hendak|untuk|ingin|berwenang|bila)\W+(?:\w+\W+){0,2}$"
)
_NOT_OF_TEXT = re.compile(
    r"\W*(?:dengan|oleh|berdasarkan|apabila|jika|bila|dalam\s+hal|hak\w*|izin|bagi|untuk|terhadap|"
    r"sepanjang)\b"
)
_IF = re.compile(r"\W*(?:Apabila|Jika|Dalam\s+hal|Bila|Semua|Segala)\b|tetap\s+berlaku")
_NOT_SUBJECT = re.compile(
    r"\b(?:dengan|oleh|dari|berdasarkan|pelaksanaan\w*|pelaksana|menjadi|menurut|tentang|penetapan|"
    r"melaksanakan|atas|bagi|terhadap|untuk|pada|sesuai|kepada|perubahan)\W*$",
    re.IGNORECASE,
)
# "X tentang Penetapan Y": Y is named by the title of X, which no bracket or list has ended.
_IN_A_TITLE = re.compile(r"\s*tentang\b[^(;]*+(?<![,:])(?<!\bdan)(?<!\bserta)(?<!\b[a-z\d]\.)\Z")
_PART_OF = re.compile(
    r"\b(?:Pasal|pasal|ayat|huruf|angka|Bab|BAB|Bagian|Lampiran|lampiran|[Kk]etentuan\w*|"
    r"penjelasan\w*)\b[^;:.\n]{0,80}$"
)
# "ketentuan yang mengatur X dalam: a. ...; b. ..., dicabut": of each only those.
_PARTS_OF_ALL = re.compile(r"\b[Kk]etentuan\b[^;]{0,300}\bdalam\s*:\s*(?:[a-z\d]{1,2}[.)])?\s*$")
_ONLY_PART = re.compile(r"\b(?:sepanjang|khususnya|kecuali|yang\s+mengatur)\b")
_AND = re.compile(r"(?:[;,]|\bdan\b|\bserta\b)\s*(?:dan\s+)?(?:[a-z\d]{1,2}[.)]\s*)?$")


def find_links(text: str, own_key: str | None) -> tuple[RegulationLink, ...]:
    """What the regulation with this key says it does to others, in the text's order.

    Args:
        text: the stored text.
        own_key: its key; a text that is no regulation revokes and amends nothing.

    Revoking or changing only parts of another ("Pasal 5 ... dicabut") is amending it. Each
    (relation, target) comes once, where it is said first.
    """
    if own_key is None:
        return ()
    names = find_regulations(text)
    starts = [name.start for name in names]
    enacted = _ENACTED.search(text)
    low = enacted.start() if enacted else 0
    closed = _CLOSED.search(text, low)
    high = closed.start() if closed else len(text)
    found = [
        *_in_title(text, names, own_key, low),
        *_done_in_clauses(text, names, starts, low, high),
        *_revoking(text, names, starts, low, high),
        *_done_to_self(text, names, starts),
    ]
    links: dict[tuple[str, str], RegulationLink] = {}
    for relation, name, start, end in sorted(found, key=lambda one: one[2]):
        target = _key(name, own_key)
        if target is not None and target != own_key:
            links.setdefault((relation, target), RegulationLink(relation, target, start, end))
    revoked = {target for relation, target in links if relation == "revokes"}
    return tuple(
        link for link in links.values() if link.relation != "amends" or link.target not in revoked
    )


_Found = tuple[Relation, RegulationName, int, int]


def _key(name: RegulationName, own_key: str) -> str | None:
    """The key of another regulation; a regional one without its region is of the own region."""
    if name.is_whole:
        return name.key
    region = own_key.split("/")[1:-2]
    return "/".join((name.kind, *region, name.number, name.year)) if region else None


def _in_title(
    text: str, names: Sequence[RegulationName], own_key: str, enacted: int
) -> Iterator[_Found]:
    ends = _TITLE_ENDS.search(text, 0, _TITLE_CHARS_MAX)
    zones = [(0, ends.start() if ends else 600)]
    if enacted:
        first = re.search(r"\n\nPasal\s", text[enacted : enacted + _ENACTING_TITLE_CHARS])
        zones.append((enacted, enacted + (first.start() if first else 400)))
    at = {name.start: name for name in names}
    for low, high in zones:
        verb = _TITLE_VERB.search(text, low, min(high, len(text)))
        # A title inside the title is another one's: "Pelaksanaan UU 2/2000 tentang Perubahan atas".
        # A law that makes a perppu law does what the perppu does.
        before = [
            name.key
            for name in names
            if verb and low <= name.start < verb.start() and name.kind != "perppu"
        ]
        if verb and (name := at.get(verb.end())) is not None and set(before) <= {own_key}:
            relation: Relation = "amends" if verb["amends"] else "revokes"
            yield relation, name, verb.start(), name.end


def _done_in_clauses(
    text: str, names: Sequence[RegulationName], starts: Sequence[int], low: int, high: int
) -> Iterator[_Found]:
    """ "Pada saat ... berlaku, X dicabut"; "Beberapa ketentuan dalam X diubah sebagai berikut"."""
    verbs = [(verb, True) for verb in _REVOKED.finditer(text, low, high)]
    verbs += [(verb, False) for verb in _CHANGED.finditer(text, low, high)]
    done_to = low
    for verb, revokes in sorted(verbs, key=lambda one: one[0].start()):
        start = max(done_to, _clause_start(text, max(low, done_to), verb.start()))
        done_to = verb.end()
        before = text[max(start, verb.start() - 60) : verb.start()]
        if _NOT_DONE.search(before) or _NOT_OF_TEXT.match(text, verb.end(), verb.end() + 30):
            continue
        clause = text[start : verb.start()]
        if _IF.match(clause) or _IF.search(text[max(start, verb.start() - 80) : verb.start()]):
            continue
        first = bisect_left(starts, start)
        opener = text[start : starts[first]] if first < len(starts) else ""
        parts_of_all = _PARTS_OF_ALL.search(opener[-500:]) is not None
        for at, name in enumerate(names[first:], first):
            if name.end > verb.start():
                break
            if at > first and _IN_A_TITLE.match(text[names[at - 1].end : name.start].rstrip()):
                continue
            left = text[max(start, name.start - 120) : name.start]
            part = parts_of_all or _PART_OF.search(left) is not None
            if _NOT_SUBJECT.search(left) or (left.rstrip().endswith("dalam") and not part):
                continue
            item_end = text.find(";", name.end, verb.start())
            item_end = item_end if item_end >= 0 else verb.start()
            part = part or _ONLY_PART.search(text, name.end, item_end) is not None
            if not revokes and not part:
                continue
            end = verb.end() if verb.end() - name.start <= _PROOF_CHARS_MAX else name.end
            yield ("revokes" if revokes and not part else "amends"), name, name.start, end


def _clause_start(text: str, low: int, end: int) -> int:
    low = max(low, end - _CLAUSE_CHARS_MAX)
    start = low
    for found in _CLAUSE_STARTS.finditer(text, low, end):
        start = found.end() if found.group().startswith("\n\nPasal") else found.start()
    for sentence in _SENTENCE_ENDS.finditer(text, start, end):
        start = sentence.end()
    return start


def _revoking(
    text: str, names: Sequence[RegulationName], starts: Sequence[int], low: int, high: int
) -> Iterator[_Found]:
    """ "Mencabut X dan Y"."""
    for verb in _REVOKING.finditer(text, low, high):
        if _NOT_DONE.search(text[max(0, verb.start() - 60) : verb.start()]):
            continue
        at, end = bisect_left(starts, verb.end()), verb.end()
        for name in names[at:]:
            between = text[end : name.start]
            if end == verb.end():
                if between.strip():
                    break
            elif "." in between.replace("No.", "") or len(between) > _LIST_CHARS_MAX:
                break
            elif _NOT_SUBJECT.search(between) or not _AND.search(between):
                continue
            end = name.end
            yield "revokes", name, verb.start() if between.strip() == "" else name.start, name.end


def _done_to_self(
    text: str, names: Sequence[RegulationName], starts: Sequence[int]
) -> Iterator[_Found]:
    """ "Peraturan ini dicabut dengan X", or a line of its own that says so."""
    for verb in _DONE_TO_SELF.finditer(text):
        at = bisect_left(starts, verb.end())
        if at < len(names) and names[at].start == verb.end():
            relation: Relation = "revoked_by" if verb["how"].lower() == "dicabut" else "amended_by"
            yield relation, names[at], verb.start("how"), names[at].end
