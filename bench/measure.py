"""One measured run of one tool on one work: prepare, run, verify."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import servers
import tools
import trees

TOLD_CHARACTERS = 300
KILLED_CLIENT_NOTICED_SECONDS = 2
"""Until then a server may still write what a tool that was ended had sent."""


@dataclasses.dataclass(frozen=True)
class Run:
    tool: str
    seconds: float
    cpu_seconds: float
    others_cpu_seconds: float
    """What the processors did meanwhile for all else: the servers first of all."""
    peak_bytes: int
    problem: str | None
    """Why the result is wrong; such a run doesn't count."""
    commands: dict | None
    """Commands to both servers by verb, where a delay proxy counted them."""
    trips: tuple | None
    """Round trips to the source and to the destination, as the delay proxies counted them."""


class Bench:
    """The two servers and the trees on them."""

    def __init__(self, folder, source, destination, timeout_seconds, sftp=()):
        """source, destination: the FtpServers; sftp: the SftpServers of the same folders, if any."""
        self.folder = folder
        self.source_port, self.source_root = source.port, source.root
        self.destination_port, self.destination_root = destination.port, destination.root
        self.timeout_seconds = timeout_seconds
        self.sftp = dict(zip((source.port, destination.port), sftp))
        self.written = {}

    def run(self, work, tool):
        """Runs the tool once; only the tool itself is within the measured time."""
        self.before(work)
        with contextlib.ExitStack() as stack:
            (source, source_counts), (destination, destination_counts) = self.sides(stack, work)
            scratch = pathlib.Path(
                stack.enter_context(tempfile.TemporaryDirectory(dir=self.folder))
            )
            command = tool.command(work, source, destination, scratch)
            used, output, errors = timed(command, scratch, self.timeout_seconds)
        if used["timed_out"]:
            problem = f"not done within {self.timeout_seconds} s"
            time.sleep(KILLED_CLIENT_NOTICED_SECONDS)
        else:
            problem = tool.problem(work, used["exit_code"], output, errors)
        difference = self.difference(work)
        if difference:
            problem = f"{problem}; {difference}" if problem else difference
        if problem:
            told = (errors.strip() or output.strip())[-TOLD_CHARACTERS:]
            problem += f"; it said: {told}" if told else ""
        return Run(
            tool.name,
            used["seconds"],
            used["cpu_seconds"],
            used["busy_seconds"] - used["cpu_seconds"],
            used["peak_bytes"],
            problem,
            added(source_counts, destination_counts) if work.round_trip_ms else None,
            (trips(source_counts), trips(destination_counts)) if work.round_trip_ms else None,
        )

    def before(self, work):
        """Makes both sides what they are before each run; nothing of that is left to be written."""
        self.prepare(self.source_root / work.source.name, work.source)
        self.prepare(self.destination_folder(work), work.before)
        os.sync()

    def difference(self, work):
        """How the destination differs after a run from what it must be, in words, or None."""
        folder = self.destination_folder(work)
        difference = trees.difference(work.after, folder)
        if difference or work.after is not work.before:
            self.written.pop(folder, None)
        return difference

    def sides(self, stack, work):
        """Where tools find source and destination, each with what its proxy will have counted."""
        folder = self.source_root / work.source.name
        source = self.side(stack, work, work.source_in_folder, folder, self.source_port)
        folder = self.destination_folder(work)
        in_folder = work.destination_in_folder
        return source, self.side(stack, work, in_folder, folder, self.destination_port)

    def destination_folder(self, work):
        if work.destination_in_folder:
            return self.folder / "destination-folder" / work.name
        return self.destination_root / work.name

    def prepare(self, folder, tree):
        """Makes the folder hold the tree, or nothing, unless it does already."""
        if tree is None:
            trees.clear(folder)
        elif self.written.get(folder) is not tree:
            trees.write(tree, folder)
            self.written[folder] = tree

    def side(self, stack, work, in_folder, folder, port):
        """Where the tool finds one side's archive, and what the proxy before it will have counted."""
        if in_folder:
            return servers.Folder(folder), {}
        counts = {}
        if work.round_trip_ms:
            port, counts = stack.enter_context(servers.delay_proxy(port, work.round_trip_ms))
        if work.sftp:
            server = self.sftp[port]
            return servers.Sftp(server.port, folder.name, server.login), counts
        return servers.Ftp(port, folder.name), counts

    def release(self, work):
        """Gives the disk back that the destination of a work took."""
        folder = self.destination_folder(work)
        trees.clear(folder)
        self.written.pop(folder, None)


def timed(command, scratch, timeout_seconds):
    """Runs the command through timed.py; answers what it used, its output and its errors."""
    result, output, errors = (scratch / name for name in ("used.json", "output", "errors"))
    process = subprocess.Popen(
        [
            sys.executable,
            "-IS",
            str(pathlib.Path(__file__).with_name("timed.py")),
            str(result),
            str(output),
            str(errors),
            str(timeout_seconds),
            *command.arguments,
        ],
        cwd=scratch,
        env=tools.environment(command, scratch),
    )
    try:
        process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise
    if not result.exists():
        raise SystemExit(f"cannot run {command.arguments[0]}")
    return (
        json.loads(result.read_text()),
        output.read_text(errors="replace"),
        errors.read_text(errors="replace"),
    )


def added(source_counts, destination_counts):
    verbs = {}
    for counts in (source_counts, destination_counts):
        for verb, count in counts.get("verbs", {}).items():
            verbs[verb] = verbs.get(verb, 0) + count
    return verbs


def trips(counts):
    """What a client had to wait for: each flush of commands, each data connection."""
    return counts.get("flushes", 0) + counts.get("data connections", 0)
