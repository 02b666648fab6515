"""Puts a trained network where the program looks for it: file, vocabulary, calibration, hashes."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, replace
from pathlib import Path

import torch

from assistant.reader import Calibration, Reader
from assistant.training.calibrate import (
    best_null_offset,
    fit,
    held_back_examples,
    scored_pairs,
)
from assistant.training.examples import idk_mrc
from assistant.training.export import export
from assistant.training.network import ReaderNetwork

_FILES = ("reader.onnx", "reader-vocabulary.json.gz")


def package(network: ReaderNetwork, run: Path, data: Path, folder: Path) -> None:
    """Write the reader's files into ``folder``, calibrated on the valid sets of ``data``.

    Args:
        network: trained.
        run: the training run's folder, which holds the vocabulary.
        data: folder with ``qa/``.
        folder: gets ``reader.onnx``, ``reader-vocabulary.json.gz`` and ``reader.json``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    with torch.no_grad():
        export(network, folder / "reader.onnx")
    shutil.copyfile(run / "vocabulary.json.gz", folder / "reader-vocabulary.json.gz")
    _describe(folder, Calibration(relevance=1.0, margin=0.0, bias=0.0))
    offset = best_null_offset(Reader(folder), list(idk_mrc(data / "qa/idk-mrc/valid.json")))
    _describe(folder, Calibration(relevance=1.0, margin=0.0, bias=0.0, null_offset=offset))
    features, answers = scored_pairs(Reader(folder), held_back_examples(data))
    _describe(folder, replace(fit(features, answers), null_offset=offset))


def _describe(folder: Path, calibration: Calibration) -> None:
    card = {
        "sha256": {
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in _FILES
        },
        "calibration": asdict(calibration),
    }
    (folder / "reader.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
