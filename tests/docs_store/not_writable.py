"""Run as another user by `test_not_writable`: what a store does whose folder is read-only."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from docs_store.errors import StoreNotWritable
from docs_store.store import DocumentStore
from tests.drafts import publish_text
from tests.fake_model import FakeModel

if __name__ == "__main__":
    if os.getuid() == 0:
        # Everything is imported by using it once: another user may not read the libraries.
        with tempfile.TemporaryDirectory() as folder:
            scratch = DocumentStore(Path(folder), FakeModel())
            publish_text(scratch, "pasar", "a.txt")
            scratch.search("pasar")
            scratch.close()
        os.setgid(65534)
        os.setuid(65534)
    store = DocumentStore(Path(sys.argv[1]), FakeModel())
    print("found", [hit.source for hit in store.search("pasar pagi") if len(hit.scores) == 3])
    try:
        publish_text(store, "pasar malam", "b.txt")
    except StoreNotWritable as error:
        print("refused", error.text("en"))
    print("still", [hit.source for hit in store.search("pasar pagi")])
    store.close()
