"""What a regulation or decree rests on: the regulations that it lists under "Mengingat"."""

from __future__ import annotations

import re

from assistant.compose_quotes import lead_for, quoted
from assistant.drafts import Draft
from assistant.evidence import Sentence
from assistant.finder import Evidence, Finder
from assistant.signatures import texts_meant
from docs_store.regulation_keys import find_regulations
from docs_store.sentences import sentence_spans

ITEMS_MAX = 20
BLOCK_CHARS_MAX = 12_000
_CONSTITUTION = re.compile(r"\bUndang-\s?Undang\s+Dasar\b|\bUUD\b", re.IGNORECASE)
_BLOCK = re.compile(
    r"^Mengingat\s*:?\s(?P<block>.*?)^(?=\s*(?:Memperhatikan|MEMUTUSKAN|Dengan Persetujuan|"
    r"Menetapkan|M E M U T U S K A N|DENGAN PERSETUJUAN)\b)",
    re.MULTILINE | re.DOTALL,
)


def legal_basis(finder: Finder, evidence: Evidence) -> Draft:
    """The items under "Mengingat" of the regulation or decree that the question is about.

    No statements where the evidence's first documents are no such texts, or about something else.
    """
    question = evidence.question
    for hit in texts_meant(question, finder, evidence):
        text = finder.text_of(hit.document_id, hit.version)
        found = _BLOCK.search(text)
        if found is None or len(found["block"]) > BLOCK_CHARS_MAX:
            continue
        start = found.start("block")
        items = [
            Sentence(hit, start + a, start + b, text[start + a : start + b], 1.0, 1.0, False)
            for a, b in sentence_spans(found["block"])
        ]
        items = [i for i in items if find_regulations(i.text) or _CONSTITUTION.search(i.text)]
        if items:
            shown = tuple(quoted(item, "item") for item in items[:ITEMS_MAX])
            return Draft(lead_for(question), shown)
    return Draft()
