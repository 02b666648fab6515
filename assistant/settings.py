"""Settings of answering, from ``ASSISTANT_...`` in the environment."""

from __future__ import annotations

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class AssistantSettings(BaseSettings):
    """The chat model that may word the answers; without one, answers are quotes."""

    model_config = SettingsConfigDict(
        env_prefix="ASSISTANT_", frozen=True, extra="forbid", env_ignore_empty=True
    )

    chat_model: str | None = Field(default=None, pattern=r"^[\w.-]+:\S+$")
    """Provider and model as LangChain's ``init_chat_model`` names them:
    ``openai:qwen2.5-7b-instruct`` for any server that speaks OpenAI's protocol."""
    chat_base_url: str | None = Field(default=None, pattern=r"^https?://[^/\s@]+(?:/\S*)?$")
    """Where the model is served, as ``http://127.0.0.1:11434/v1``. Always named: text goes nowhere
    else."""
    chat_api_key: SecretStr | None = None
    """Local servers need none."""
    chat_timeout_s: float = Field(default=60.0, gt=0, le=3_600)
    """How long one response may take, from the request to its last word."""
    chat_context_tokens: int = Field(default=4_096, ge=1_536, le=2_000_000)
    """How much the model reads and writes at once, as its server is started."""
    chat_answer_tokens: int = Field(default=800, ge=128, le=16_384)
    """How much of that is kept for its response."""
    chat_temperature: float = Field(default=0.0, ge=0.0, le=2.0)
