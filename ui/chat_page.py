"""The chat page: what it needs of the program, and how it is served."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from assistant.conversation import Language
from docs_store.errors import BilingualError
from docs_store.records import Document, PageSpan, TextBox
from ingest.uploads import Upload
from ui import texts
from ui.current_users import CurrentUsersOnly
from ui.document_details import DocumentDetails
from ui.kept_conversations import KeptConversations
from ui.person_cookie import PersonCookie
from ui.response_headers import ResponseHeaders
from ui.sheet_rows import SheetRow
from ui.theme import asset, page_theme
from ui.turns import Answering
from ui.upload_page import JobView
from ui.visitors import Gate


class ChatServices(Answering, Protocol):
    """What the page needs of the rest of the program; several threads call it at once."""

    def documents(self) -> list[Document]:
        """All documents in the store."""
        ...

    def document_count(self) -> int:
        """How many documents are in the store."""
        ...

    def document(self, document_id: str) -> Document:
        """One document; raises DocumentNotFound."""
        ...

    def text(self, document_id: str, version: int) -> str:
        """The stored text of one version; raises DocumentNotFound."""
        ...

    def pages(self, document_id: str, version: int) -> Sequence[PageSpan]:
        """Where each page stands in that text; none in formats without pages."""
        ...

    def boxes(self, document_id: str, version: int, page: int) -> Sequence[TextBox]:
        """Where the recognised text of a page stands on its image; none for a text layer."""
        ...

    def rows(self, document_id: str, version: int) -> Sequence[SheetRow]:
        """Where the rows of a spreadsheet or CSV file stand in that text; none in other formats."""
        ...

    def original(self, document_id: str, version: int) -> bytes:
        """The file that the version was read from; raises DocumentNotFound."""
        ...

    def example_questions(self, language: Language) -> list[str]:
        """Questions that the documents can answer."""
        ...

    @property
    def upload_bytes_max(self) -> int:
        """How large one uploaded file may be."""
        ...

    def upload(self, uploads: Sequence[Upload]) -> None:
        """Queue uploaded files; raises BilingualError."""
        ...

    def jobs(self) -> list[JobView]:
        """The ingest jobs under way and the last ones, newest first."""
        ...

    def cancel_job(self, job_id: str) -> None:
        """Stop a job before its next document; raises BilingualError."""
        ...

    @property
    def kept(self) -> KeptConversations:
        """The conversations kept in the store."""
        ...

    def details(self, document_id: str, language: Language) -> DocumentDetails:
        """All that is known of one document; raises DocumentNotFound."""
        ...

    def correct(self, document_id: str, values: Mapping[str, Any]) -> None:
        """Correct its description; with no values, take all corrections back.

        Raises BilingualError.
        """
        ...

    def read_again(self, document_id: str) -> None:
        """Queue it to be taken in once more; raises BilingualError."""
        ...

    def erase(self, document_id: str) -> list[Document]:
        """Delete it everywhere; other documents with the same text. Raises BilingualError."""
        ...

    def remove(self, document_id: str) -> None:
        """Take a document out of all answers; raises BilingualError."""
        ...


class PortTaken(BilingualError):
    """Another program listens on the port."""

    indonesian = (
        "Alamat {host}:{port} tidak dapat dipakai, mungkin sedang dipakai program lain. Pilih "
        "port lain dengan --port."
    )
    english = (
        "The address {host}:{port} cannot be used, perhaps because another program has it. Name "
        "another port with --port."
    )


def build_chat_page(services: ChatServices, gate: Gate | None = None) -> Any:
    """The page as ``gradio.Blocks``; ``launch_chat`` serves it."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    # Gradio reads both when it is imported, and takes a second to import.
    from ui.chat_layout import lay_out_chat

    return lay_out_chat(services, gate or Gate())


def launch_chat(
    services: ChatServices, host: str, port: int, *, gate: Gate | None = None, wait: bool = True
) -> Any:
    """Serve the page until stopped, and print its address once it answers.

    Args:
        services: the program behind it.
        host: the address to listen on.
        port: the port.
        gate: who may come in; everyone if None, which only this machine's own people should be.
        wait: False returns at once with the running ``Blocks``, whose ``close()`` stops it.

    Raises PortTaken.
    """
    from starlette.middleware import Middleware

    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        raise PortTaken(host=host, port=port) from error
    page = build_chat_page(services, gate)
    middleware = [Middleware(ResponseHeaders), Middleware(PersonCookie)]
    if gate and gate.users is not None:
        middleware.append(Middleware(CurrentUsersOnly, users=gate.users))
    _, address, _ = page.launch(
        server_name=host,
        server_port=port,
        share=False,
        inbrowser=False,
        quiet=True,
        prevent_thread_lock=True,
        show_error=False,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        root_path="",
        max_file_size=services.upload_bytes_max,
        app_kwargs={"middleware": middleware},
        auth=gate.sign_in if gate and gate.users is not None else None,
        auth_message=" / ".join(texts.SIGN_IN),
        theme=page_theme(),
        css=asset("page.css"),
    )
    print(f"Tanya Daerah: {address}")  # noqa: T201 - the one thing a person needs here
    if wait:
        page.block_thread()
    return page
