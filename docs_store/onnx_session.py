"""Opens a model file for ONNX Runtime: whole or not at all, on as many cores as there are."""

from __future__ import annotations

import ctypes
import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Any


def cores() -> int:
    """The cores that this process may use; ``OMP_NUM_THREADS`` lowers it."""
    if hasattr(os, "sched_getaffinity"):
        available = len(os.sched_getaffinity(0))
    else:
        available = os.cpu_count() or 1
    wanted = os.environ.get("OMP_NUM_THREADS", "")
    return min(available, int(wanted)) if wanted.isdigit() and int(wanted) > 0 else available


def read_checked(path: Path, sha256: str) -> bytes:
    """The bytes of a file.

    Raises:
        OSError: the file is not there.
        ValueError: it is cut short or altered.
    """
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise ValueError(f"{path.name}: SHA-256 {found[:12]}… instead of {sha256[:12]}…")
    return content


def open_session(content: bytes) -> Any:
    """An ``onnxruntime.InferenceSession`` on the CPU, which computes in fp32.

    Raises:
        RuntimeError: ONNX Runtime cannot read the model.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = cores()
    # Of 4-bit weights, each is widened where it is used (1 = fp32); by default, ONNX Runtime
    # would round what they are multiplied with to 8 bits.
    options.add_session_config_entry("session.qdq_matmulnbits_accuracy_level", "1")
    options.add_session_config_entry("session.use_device_allocator_for_initializers", "1")
    # Threads that spin while they wait would take the cores from other work.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    _give_back_memory()
    return session


def _give_back_memory() -> None:
    """Weights that were widened at load leave some 200 MB free, which glibc would keep."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
