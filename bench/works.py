"""The works that are measured."""

from __future__ import annotations

import dataclasses

import trees


@dataclasses.dataclass(frozen=True)
class Work:
    """What every tool is asked to do, with the same source and the same destination."""

    name: str
    title: str
    source: trees.Tree
    before: trees.Tree | None
    """What the destination holds before each run; None: it is empty."""
    check: bool = False
    """Compare only; otherwise transfer what is missing."""
    source_in_folder: bool = False
    destination_in_folder: bool = False
    sftp: bool = False
    """Both sides are SFTP servers instead of FTP servers."""
    connections: int = 4
    round_trip_ms: float = 0
    slow: frozenset = frozenset()
    """Tools that take minutes here and run with --slow only."""

    @property
    def after(self):
        """What the destination must hold after each run."""
        return self.before if self.check else self.source

    @property
    def missing(self):
        return len(self.source.pictures) - (len(self.before.pictures) if self.before else 0)

    @property
    def unit(self):
        """What round trips and commands are told for."""
        return "folder" if self.check else "picture"

    @property
    def units(self):
        if self.check:
            return len({picture.path.rpartition("/")[0] for picture in self.source.pictures})
        return self.missing


def works(smoke):
    """All works in their order. With smoke they are tiny: they prove the benchmark, not a tool."""
    archive = trees.archive("archive", 100, 4) if smoke else trees.archive("archive", 58_343, 406)
    small = trees.day("small", 24 if smoke else 8_640, 64 * 1024)
    large = trees.day("large", 4 if smoke else 400, 3_500_000)
    distant = trees.day("distant", 8 if smoke else 300, 100 * 1024)
    round_trip_ms = 10 if smoke else 50
    partial = archive.without_every(8)
    rclone = frozenset({"rclone"})
    all_works = (
        Work(
            "compare",
            f"Compare {counted(archive)} with {counted(partial)}, FTP against FTP",
            archive,
            partial,
            check=True,
            connections=8,
        ),
        Work(
            "transfer-ftp-ftp-4",
            f"Transfer {counted(small)} of 64 KB in one folder, FTP to FTP, 4 connections",
            small,
            None,
            slow=rclone,
        ),
        Work(
            "transfer-ftp-ftp-8",
            f"Transfer {counted(small)} of 64 KB in one folder, FTP to FTP, 8 connections",
            small,
            None,
            connections=8,
            slow=rclone,
        ),
        Work(
            "transfer-folder-ftp",
            f"Transfer {counted(small)} of 64 KB, folder to FTP, 4 connections",
            small,
            None,
            source_in_folder=True,
            slow=rclone,
        ),
        Work(
            "transfer-ftp-folder",
            f"Transfer {counted(small)} of 64 KB, FTP to folder, 4 connections",
            small,
            None,
            destination_in_folder=True,
        ),
        Work(
            "transfer-large",
            f"Transfer {counted(large)} of 3.5 MB, FTP to FTP, 4 connections",
            large,
            None,
        ),
        Work(
            "transfer-sftp",
            f"Transfer {counted(small)} of 64 KB in one folder, SFTP to SFTP, 4 connections",
            small,
            None,
            sftp=True,
        ),
        Work(
            "transfer-sftp-large",
            f"Transfer {counted(large)} of 3.5 MB, SFTP to SFTP, 4 connections",
            large,
            None,
            sftp=True,
        ),
        Work(
            "wan",
            f"Transfer {counted(distant)} of 100 KB, FTP to FTP, 4 connections, "
            f"{round_trip_ms} ms round trip to either server",
            distant,
            None,
            round_trip_ms=round_trip_ms,
            slow=rclone,
        ),
        Work(
            "wan-compare",
            f"Compare {counted(archive)} with {counted(partial)}, FTP against FTP, "
            f"{round_trip_ms} ms round trip to either server",
            archive,
            partial,
            check=True,
            round_trip_ms=round_trip_ms,
            slow=frozenset({"lftp"}),
        ),
        Work(
            "again",
            f"Sync again when nothing is missing, {counted(archive)} on both sides, FTP to FTP",
            archive,
            archive,
            connections=8,
        ),
    )
    return {work.name: work for work in all_works}


def counted(tree):
    return f"{len(tree.pictures):,} pictures"
