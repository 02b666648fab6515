"""A file that the page saves on the person's own machine as soon as it gets it."""

from __future__ import annotations

import base64
import uuid

from ui.markup import Html, element


def file_html(name: str, media_type: str, content: bytes) -> Html:
    """An invisible element that ``file.js`` turns into a download."""
    data = base64.b64encode(content).decode()
    return element(
        "span",
        hidden=True,
        data_name=name,
        data_href=f"data:{media_type};base64,{data}",
        data_once=uuid.uuid4().hex,  # the same file asked for twice is saved twice
    )
