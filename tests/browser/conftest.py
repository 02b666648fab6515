"""A real Chromium, driven against pages that this process serves on a loopback port."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.find_chromium import find
from tests.ui.fake_services import FakeServices
from ui.chat_page import launch_chat

ROOT = Path(__file__).parents[2]
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# Not for the whole session: while Playwright is open its event loop runs in this thread, and
# asynchronous tests cannot.
@pytest.fixture(scope="module")
def browser():
    """Chromium, or a skip that says how to install it."""
    path = find()
    if path is None:
        pytest.skip(
            "no Chromium: install one (Debian: apt-get install chromium) or name it in "
            "TANYA_CHROMIUM"
        )
    playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def serve():
    """Serves the pages over given services; gives their address."""
    running = []

    def start(services: FakeServices) -> str:
        port = free_port()
        running.append(launch_chat(services, "127.0.0.1", port, wait=False))
        return f"http://127.0.0.1:{port}/"

    yield start
    for page in running:
        page.close(verbose=False)


@pytest.fixture(scope="module")
def services():
    """Fake services that take long over a question that asks for it; modules may have others."""
    return FakeServices(slow_s=3)


@pytest.fixture(scope="module")
def address(serve, services):
    """Where the pages over the services are served."""
    return serve(services)


def question_box(page):
    return page.locator("#question-box textarea")


def ask(page, question):
    question_box(page).fill(question)
    page.keyboard.press("Enter")


@pytest.fixture
def serve_in_child():
    """Serves the pages over the fake services from a process that can be killed."""
    running = []

    def start(port: int) -> subprocess.Popen[str]:
        program = (
            "from tests.ui.fake_services import FakeServices; from ui.chat_page import launch_chat;"
            f"launch_chat(FakeServices(), '127.0.0.1', {port})"
        )
        child = subprocess.Popen(
            [sys.executable, "-u", "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        running.append(child)
        assert "http://" in child.stdout.readline()
        return child

    yield start
    for child in running:
        child.kill()
        child.wait()
        child.stdout.close()


@pytest.fixture
def open_page(browser):
    """Opens an address as a person of her own; fails on a script error in any page opened."""
    contexts, problems = [], []

    def visit(address: str, **options):
        context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "locale": "id-ID", **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(address)
        page.locator(".page-head").wait_for()
        return page

    yield visit
    for context in contexts:
        context.close()
    assert problems == []
