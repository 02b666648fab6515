"""Settings of ingesting, from ``INGEST_...`` in the environment."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.limits import Limits

_DEFAULT = Limits()


class IngestSettings(BaseSettings):
    """What one document may cost, and how passages are cut."""

    model_config = SettingsConfigDict(env_prefix="INGEST_", frozen=True, extra="forbid")

    passage_tokens: int = Field(default=180, ge=32, le=400)
    """How long a passage should be, in tokens of the embedding model."""
    bytes_max: int = Field(default=_DEFAULT.bytes_max, gt=0)
    unpacked_bytes_max: int = Field(default=_DEFAULT.unpacked_bytes_max, gt=0)
    pages_max: int = Field(default=_DEFAULT.pages_max, gt=0)
    rows_max: int = Field(default=_DEFAULT.rows_max, gt=0)
    chars_max: int = Field(default=_DEFAULT.chars_max, gt=0)
    nesting_max: int = Field(default=_DEFAULT.nesting_max, ge=0, le=10)
    ocr: bool = _DEFAULT.ocr
    """``INGEST_OCR=0`` leaves page images without text unread."""
    ocr_engine: Literal["rapidocr", "tesseract"] = "rapidocr"
    """``INGEST_OCR_ENGINE=tesseract`` reads by an installed tesseract with language ``ind``."""
    tesseract: str = _DEFAULT.tesseract
    """``INGEST_TESSERACT`` is where its program is, if not on PATH."""
    ocr_page_s: float = Field(default=_DEFAULT.ocr_page_s, ge=0)
    ocr_total_s: float = Field(default=_DEFAULT.ocr_total_s, ge=0)
    image_pixels_max: int = Field(default=_DEFAULT.image_pixels_max, gt=0)
    allow_private_urls: bool = _DEFAULT.allow_private_urls
    """``INGEST_ALLOW_PRIVATE_URLS=1`` fetches pages of the own network too."""
    soffice: str = _DEFAULT.soffice
    """``INGEST_SOFFICE`` is where LibreOffice's ``soffice`` is, if not on PATH."""
    timeout_s: float = Field(default=_DEFAULT.timeout_s, gt=0)
    memory_mb: int = Field(default=_DEFAULT.memory_mb, ge=128)

    @property
    def limits(self) -> Limits:
        """The caps that the parsers keep."""
        return Limits(**self.model_dump(exclude={"passage_tokens"}))
