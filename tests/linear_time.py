"""How long code takes when nothing disturbs it: linear is told from quadratic on noisy machines."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

RUNS = 5


def fastest_seconds(run: Callable[[], object]) -> float:
    """The fastest of several runs, in seconds of this process's own time, without collections."""
    seconds = []
    gc.disable()
    try:
        for _ in range(RUNS):
            started = time.process_time()
            run()
            seconds.append(time.process_time() - started)
    finally:
        gc.enable()
    return min(seconds)
