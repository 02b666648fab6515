"""What this machine has that the program must know: its drives, its processor."""

from __future__ import annotations

import platform
import sys
from contextlib import suppress
from pathlib import Path

NETWORK_FILE_SYSTEMS = frozenset(
    "nfs nfs3 nfs4 cifs smbfs smb2 smb3 afs ceph glusterfs lustre gpfs beegfs ncpfs afpfs webdav "
    "davfs fuse.sshfs fuse.rclone fuse.glusterfs fuse.davfs fuse.s3fs fuse.gvfsd-fuse".split()
)
_AVX2 = 40  # PF_AVX2_INSTRUCTIONS_AVAILABLE of Windows' processthreadsapi.h


def network_drive(path: Path) -> str | None:
    """The file system of a path (``"nfs4"``) if it is another machine's; None if it is this one's.

    SQLite's write-ahead log needs memory that all its processes share, so it does not work there
    (https://sqlite.org/wal.html).
    """
    import psutil

    there = path.absolute()
    if str(there).startswith("\\\\"):
        return "UNC"
    with suppress(OSError):
        there = there.resolve()
    best, kind = -1, ""
    with suppress(OSError, psutil.Error):
        for drive in psutil.disk_partitions(all=True):
            mount = Path(drive.mountpoint)
            # Of two mounts at one place, the later one covers the earlier.
            if there.is_relative_to(mount) and len(mount.parts) >= best:
                best = len(mount.parts)
                kind = "remote" if "remote" in drive.opts.split(",") else drive.fstype
    return kind if kind in NETWORK_FILE_SYSTEMS or kind == "remote" else None


def has_avx2() -> bool | None:
    """Whether an x86 processor has AVX2; None on others, and where it is not told."""
    if platform.machine().lower() not in ("x86_64", "amd64", "i686"):
        return None
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.IsProcessorFeaturePresent(_AVX2))
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("flags"):
                return "avx2" in line.split()
    return None
