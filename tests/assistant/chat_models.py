"""Chat models for tests: scripted, and with a record of what they were told."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk
from pydantic import Field


def claims(*items: tuple[str, int, str] | tuple[str, int, str, str]) -> str:
    """A response as it should be."""
    names = ("text", "passage", "quote", "translation")
    listed = [dict(zip(names, item, strict=False)) for item in items]
    return json.dumps({"claims": listed}, ensure_ascii=False)


class ScriptedModel(GenericFakeChatModel):
    """Streams its responses word by word; ``told`` has each prompt as one text."""

    told: list[str] = Field(default_factory=list)

    @classmethod
    def saying(cls, *responses: str) -> ScriptedModel:
        return cls(messages=iter([AIMessage(response) for response in responses]))

    def _stream(self, messages: Any, *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        self.told.append("\n".join(str(message.content) for message in messages))
        yield from super()._stream(messages, *args, **kwargs)


class StoppingModel(ScriptedModel):
    """Fails after so many pieces."""

    after: int = 0
    error: Exception = Field(default_factory=ConnectionError)

    def _stream(self, *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        if self.after == 0:
            raise self.error
        for count, chunk in enumerate(super()._stream(*args, **kwargs), start=1):
            yield chunk
            if count == self.after:
                raise self.error


class StallingModel(ScriptedModel):
    """Says nothing for five seconds, whatever time it was given."""

    def _stream(self, *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        time.sleep(5)
        yield from super()._stream(*args, **kwargs)


class ToolModel(ScriptedModel):
    """Keeps to a schema by calling a tool; the arguments come in pieces."""

    bound: list[str] = Field(default_factory=list)

    def bind_tools(self, tools: Any, **kwargs: Any) -> Any:
        self.bound.extend(tool["title"] for tool in tools)
        return self.bind()

    def _stream(self, *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        text = "".join(str(chunk.message.content) for chunk in super()._stream(*args, **kwargs))
        for at in range(0, len(text), 7):
            call = {"name": "claims", "args": text[at : at + 7], "id": "1", "index": 0}
            yield ChatGenerationChunk(message=AIMessageChunk("", tool_call_chunks=[call]))
