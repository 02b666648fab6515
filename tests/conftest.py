"""What all tests share: no network, the measuring data, one model, small stores."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytest_socket import disable_socket, socket_allow_hosts

# No library may try a model hub or report home, in this process and in those it starts.
os.environ |= {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "OMP_WAIT_POLICY": "passive",
}

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "docs" / "samples"


@pytest.fixture(autouse=True)
def _network_is_blocked(request: pytest.FixtureRequest) -> None:
    """Only this machine can be reached, and only by tests that serve or drive a page."""
    if request.node.get_closest_marker("browser") or request.node.get_closest_marker("loopback"):
        socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
    else:
        disable_socket(allow_unix_socket=True)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The documents to measure with, which are no part of the project."""
    path = Path(os.environ.get("TANYA_DATA", ROOT.parent / "shared" / "data"))
    if not path.is_dir():
        pytest.skip(f"no measuring data at {path}; name its folder in TANYA_DATA")
    return path


@pytest.fixture(scope="session")
def samples() -> Path:
    """The documents that the project ships."""
    return SAMPLES


@pytest.fixture(scope="session")
def model():
    """The default embedding model, loaded once for all tests."""
    from docs_store.embedding_model import EmbeddingModel

    loaded = EmbeddingModel()
    loaded.load()
    return loaded


@pytest.fixture
def store(tmp_path, model):
    """An empty store."""
    from docs_store.store import DocumentStore

    opened = DocumentStore(tmp_path / "store", model)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory, model):
    """A store with the shipped samples in it; tests only read from it."""
    from docs_store.store import DocumentStore
    from ingest.pipeline import ingest_paths

    opened = DocumentStore(tmp_path_factory.mktemp("samples") / "store", model)
    report = ingest_paths(opened, [SAMPLES])
    assert not report.failed
    yield opened
    opened.close()
