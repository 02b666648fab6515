"""The look of the pages: colours, type, style sheet and scripts, all served from this machine."""

from __future__ import annotations

from importlib import resources
from typing import Any


def asset(name: str) -> str:
    """The text of a file in ``ui/assets``."""
    return resources.files("ui").joinpath("assets", name).read_text(encoding="utf-8")


def script(name: str) -> str:
    """What a ``gr.HTML`` runs once when it loads: the shared actions, then its own."""
    return asset("actions.js") + asset(name)


def page_theme() -> Any:
    """The Gradio theme. Its fonts are the ones that Gradio's own package carries."""
    import gradio as gr

    sans = gr.themes.LocalFont("IBM Plex Sans", weights=(400, 700))
    mono = gr.themes.LocalFont("IBM Plex Mono", weights=(400,))
    return gr.themes.Base(
        primary_hue="teal",
        neutral_hue="stone",
        text_size="lg",
        spacing_size="sm",
        radius_size="md",
        font=[sans, "Segoe UI", "Noto Sans", "sans-serif"],
        font_mono=[mono, "Consolas", "monospace"],
    ).set(
        body_background_fill="#f6f5f1",
        body_background_fill_dark="#14181a",
        body_text_color="#1d2528",
        body_text_color_dark="#e6e9e8",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#1c2224",
        border_color_primary="#d9d6cc",
        border_color_primary_dark="#374143",
        input_background_fill="#ffffff",
        input_background_fill_dark="#1c2224",
        input_border_color="#8d9694",
        input_border_color_dark="#64706f",
        button_primary_background_fill="#0f5e5a",
        button_primary_background_fill_hover="#0b4a47",
        button_primary_background_fill_dark="#7fd1c7",
        button_primary_background_fill_hover_dark="#a2e0d8",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#0c2321",
    )
