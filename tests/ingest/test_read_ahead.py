"""Documents are read in other processes while the one before is embedded."""

from __future__ import annotations

import threading
import time

import pytest

from ingest.limits import Limits
from ingest.read_ahead import DOCUMENTS_AHEAD, read_ahead
from ingest.sandbox import ParserProcess


@pytest.mark.parametrize("processes", [1, 3])
def test_results_come_in_order_whatever_took_longest(processes):
    def read(number: int, _: ParserProcess) -> int:
        time.sleep(0.05 if number % 3 == 0 else 0)
        return number

    with read_ahead(range(10), read, Limits(), processes) as results:
        assert list(results) == list(range(10))


@pytest.mark.parametrize("processes", [1, 2])
def test_no_more_is_read_than_may_wait(processes):
    begun: list[int] = []

    def read(number: int, _: ParserProcess) -> int:
        begun.append(number)
        return number

    with read_ahead(range(100), read, Limits(), processes) as results:
        for taken in range(1, 6):
            next(results)
            time.sleep(0.05)
            assert len(begun) <= taken + processes + DOCUMENTS_AHEAD - 1
            assert len(begun) > taken  # and some is, while the caller works
    assert len(begun) < 100


def test_each_process_serves_one_document_at_a_time():
    busy: set[int] = set()
    lock = threading.Lock()

    def read(number: int, parser: ParserProcess) -> int:
        with lock:
            assert id(parser) not in busy
            busy.add(id(parser))
        time.sleep(0.01)
        with lock:
            busy.remove(id(parser))
        return number

    with read_ahead(range(12), read, Limits(), 3) as results:
        assert len(list(results)) == 12


def test_an_error_comes_where_its_result_would():
    def read(number: int, _: ParserProcess) -> int:
        if number == 2:
            raise ValueError("dua")
        return number

    with read_ahead(range(5), read, Limits(), 1) as results:
        assert [next(results), next(results)] == [0, 1]
        with pytest.raises(ValueError, match="dua"):
            next(results)


def test_leaving_stops_what_is_being_read(tmp_path):
    """A document that would take a minute does not keep a stopped run waiting."""
    page = b"<p>" + b"kata " * 400_000 + b"</p>"

    def read(_: int, parser: ParserProcess) -> object:
        return parser.parse_bytes(page, "panjang.html")

    started = time.monotonic()
    with read_ahead(range(50), read, Limits(), 1):
        time.sleep(0.2)
    threads = [thread for thread in threading.enumerate() if "read-ahead" in thread.name]
    assert threads == []
    print(f"left after {time.monotonic() - started:.1f} s")
