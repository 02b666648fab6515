from __future__ import annotations

import os
import threading

import pytest

from docs_store.errors import StoreBusy
from docs_store.write_lock import WriteLock


def test_the_holder_is_named_while_it_writes(tmp_path):
    lock = WriteLock(tmp_path)
    with lock.held(0) as died:
        assert not died
        assert (tmp_path / "write.pid").read_text() == str(os.getpid())
        with pytest.raises(StoreBusy, match=str(os.getpid())), WriteLock(tmp_path).held(0):
            pass
    assert not lock.left_behind
    with WriteLock(tmp_path).held(0) as died:
        assert not died


def test_it_may_be_nested_in_a_thread_but_not_shared_with_another(tmp_path):
    lock = WriteLock(tmp_path)
    refused = []

    def try_it():
        try:
            with lock.held(0.05):
                pass
        except StoreBusy as error:
            refused.append(error)

    with lock.held(0), lock.held(0):
        thread = threading.Thread(target=try_it)
        thread.start()
        thread.join()
    assert len(refused) == 1


def test_who_failed_in_the_middle_is_known_to_the_next(tmp_path):
    lock = WriteLock(tmp_path)
    with pytest.raises(ZeroDivisionError), lock.held(0):
        _ = 1 / 0
    assert lock.left_behind
    with lock.held(0) as died:
        assert died
    with lock.held(0) as died:
        assert not died
