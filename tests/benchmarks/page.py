"""Times the chat page as people use it: opening it, opening sources, twenty people asking at once.

    python -m tests.benchmarks.page [--people 20] [--store DIR]

Reports, asserts nothing. Without ``--store`` it serves the shipped samples. The page runs in a
process of its own, so that what measures it takes no time from it but the cores' own.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path

import httpx

from tests.browser.conftest import CHROMIUM_FLAGS, free_port
from tests.browser.find_chromium import find
from tests.conftest import SAMPLES

QUESTIONS = (
    "Bagaimana Banyuwangi mengurutkan program pariwisatanya?",
    "Apa yang akan dipelajari Bupati Delis di Banyuwangi?",
    "Kapan Morowali Utara dimekarkan?",
    "Berapa anggaran pariwisata Banyuwangi tahun 2022?",
    "Informasi apa yang boleh ditolak pemerintah daerah?",
)
ABOUT_A_PDF = "Informasi apa yang boleh ditolak pemerintah daerah?"
REPEATS = 15
ANSWER_WITHIN_S = 300.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--store", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = options.store or Path(folder) / "store"
        tanya = [sys.executable, "-m", "ui.command_line"]
        if options.store is None:
            ingesting = [*tanya, "ingest", str(SAMPLES), "--store", str(store)]
            subprocess.run(ingesting, check=True, stdout=subprocess.DEVNULL)
        port = free_port()
        serving = [*tanya, "chat", "--store", str(store), "--port", str(port)]
        server = subprocess.Popen(serving, stdout=subprocess.PIPE, text=True)
        try:
            assert "http://" in server.stdout.readline()
            address = f"http://127.0.0.1:{port}/"
            ask(address, QUESTIONS[0])  # loads what is loaded once
            report("one person, answer", [ask(address, q) for q in QUESTIONS])
            report(f"{options.people} people at once, answer", at_once(address, options.people))
            if path := find():
                in_a_browser(path, address)
        finally:
            server.terminate()
            server.wait()


def at_once(address: str, people: int) -> list[float]:
    """How long each waits, in seconds, when all press Enter at the same moment."""
    times: list[float] = []
    ready = threading.Barrier(people)

    def person(number: int) -> None:
        ready.wait()
        times.append(ask(address, QUESTIONS[number % len(QUESTIONS)]))

    threads = [threading.Thread(target=person, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(times) < people:
        raise SystemExit(f"{people - len(times)} people got no answer")
    return times


def ask(address: str, question: str) -> float:
    """Ask as the page does; seconds until the whole answer is there."""
    with httpx.Client(base_url=address, timeout=ANSWER_WITHIN_S) as client:
        client.get("/")  # gives the cookie
        config = client.get("/config").json()
        session = uuid.uuid4().hex[:12]
        box = next(
            one["id"]
            for one in config["components"]
            if one["props"].get("elem_id") == "question-box"
        )
        asking = next(d for d in config["dependencies"] if [box, "submit"] in d["targets"])
        began = time.perf_counter()
        joined = client.post(
            "/gradio_api/queue/join",
            json={
                "data": [question, None, None, "id"],
                "fn_index": asking["id"],
                "session_hash": session,
                "trigger_id": box,
            },
        )
        joined.raise_for_status()
        with client.stream("GET", f"/gradio_api/queue/data?session_hash={session}") as events:
            for line in events.iter_lines():
                if not line.startswith("data:"):
                    continue
                event = json.loads(line.removeprefix("data:"))
                if event["msg"] == "process_completed":
                    assert event["success"], event
                    return time.perf_counter() - began
    raise AssertionError("the stream ended before the answer")


def in_a_browser(path: str, address: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        opening = []
        for _ in range(5):
            context = chromium.new_context()
            page = context.new_page()
            began = time.perf_counter()
            page.goto(address)
            page.locator("#question-box textarea:focus").wait_for()
            opening.append(time.perf_counter() - began)
            context.close()
        report("page opened until one can type", opening)
        page = chromium.new_context().new_page()
        page.goto(address)
        page.locator("#question-box textarea").fill(ABOUT_A_PDF)
        page.keyboard.press("Enter")
        page.locator(".citation[data-page]").first.wait_for(timeout=60_000)
        report(
            "click on a marker until its text is marked",
            clicks(page, ".citation[data-page]", "mark"),
        )
        page.locator(".citation[data-page]").first.click()
        page.locator(".view-switch button").first.wait_for()
        drawn = []
        for _ in range(REPEATS):
            to_page = clicked(page, ".view-switch button[data-image-page]", ".page-image img")
            drawn.append(to_page)
            clicked(page, ".view-switch button:not([data-image-page])", ".source-text mark")
        report("click until the PDF page is drawn", drawn)
        chromium.close()


def clicks(page, button: str, shown: str) -> list[float]:
    times = []
    for _ in range(REPEATS):
        times.append(clicked(page, button, shown))
        page.locator('#source-panel [data-action="close"]').click()
        page.locator(".source-empty").wait_for()
    return times


def clicked(page, button: str, shown: str) -> float:
    """Seconds from a click until something new stands in the panel and is painted."""
    return page.evaluate(
        """([button, shown]) => new Promise((done) => {
          const panel = document.querySelector("#source-panel");
          const before = panel.querySelector(shown);
          const began = performance.now();
          document.querySelector(button).click();
          const look = () => {
            const found = panel.querySelector(shown);
            if (!found || found === before || found.complete === false)
              return requestAnimationFrame(look);
            requestAnimationFrame(() => done((performance.now() - began) / 1000));
          };
          look();
        })""",
        [button, shown],
    )


def report(what: str, times: list[float]) -> None:
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    print(
        f"{what}: median {statistics.median(times):.3f} s, 95th percentile {p95:.3f} s, "
        f"n = {len(times)}",
        flush=True,
    )


if __name__ == "__main__":
    main()
