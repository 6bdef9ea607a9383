"""A picsync service whose runs are started on demand, and what they took."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import time

import servers

START_SECONDS = 60
STOP_SECONDS = 60
LOG_SECONDS = 10
CONTROL = pathlib.Path(__file__).with_name("ServiceControl.java")

SYNC = """\
- route:
    id: {name}
    from:
      uri: sync:{name}
      parameters:
        source: {source}
        destination: {destination}
        sweep: {sweep}
      steps:
        - to:
            uri: direct:compare
        - to:
            uri: direct:transfer
        - to:
            uri: direct:report
"""


@dataclasses.dataclass(frozen=True)
class Ended:
    """One run: seconds from the call that started it until the service's log says that it ended."""

    sync: str
    seconds: float
    report: dict


class Service:
    def __init__(self, process, control, reports, log):
        self.process = process
        self.control = control
        self.reports = reports
        self.log = log

    def check(self, *syncs):
        """Runs syncs side by side, comparing only; answers them in the order they ended."""
        return self.run("startCheck", *syncs)

    def sync(self, *syncs):
        """Runs syncs side by side, with what they transfer; answers them in the order they ended."""
        return self.run("startSync", *syncs)

    def run(self, operation, *syncs):
        self.control.stdin.write(f"{operation} {' '.join(syncs)}\n")
        self.control.stdin.flush()
        line = self.control.stdout.readline().strip()
        if not line:
            raise SystemExit("the picsync service or its control ended while it was measured")
        began, *parts = line.split(";")
        runs = [self.ended(*part.split(" "), int(began) / 1000) for part in parts]
        return sorted(runs, key=lambda run: run.seconds)

    def ended(self, name, run, began):
        report = json.loads((self.reports / name / f"{run}.json").read_text())
        return Ended(name, self.end_of(run) - began, report)

    def end_of(self, run):
        """When a run ended, by the log: to the millisecond, and nobody has to look meanwhile."""
        told = re.compile(rf"^(\S+) .*Run ends\. run={re.escape(run)} ", re.MULTILINE)
        deadline = time.monotonic() + LOG_SECONDS
        while not (line := told.search(self.log.read_text())):
            if time.monotonic() > deadline:
                raise SystemExit(f"the picsync service's log does not tell the end of {run}")
            time.sleep(0.01)
        return datetime.datetime.fromisoformat(line[1].replace("Z", "+00:00")).timestamp()

    @property
    def cpu_seconds(self):
        fields = self.proc("stat").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def peak_bytes(self):
        return int(re.search(r"VmHWM:\s+(\d+) kB", self.proc("status"))[1]) * 1024

    def proc(self, name):
        return pathlib.Path(f"/proc/{self.process.pid}/{name}").read_text()


@contextlib.contextmanager
def service(program, folder, settings_of, syncs, heap, runs=1, connections=8):
    """Runs the service in a home of its own below the folder.

    settings_of: each server by its name, such as its uri; syncs: by name, source and destination
    archive, and sweep where it is not 0s; heap: such as 256m.
    """
    packaged = program.parent.parent
    home = folder / "service"
    shutil.copytree(
        packaged, home, ignore=lambda _, names: {"lib", "class-data"}.intersection(names)
    )
    (home / "lib").symlink_to(packaged / "lib")
    settings = [f"picsync.sync.runs={runs}"]
    for name, server in settings_of.items():
        settings += [f"picsync.server.{name}.{key}={value}" for key, value in server.items()]
        if not server["uri"].startswith("file:"):
            settings += [f"picsync.server.{name}.connections={connections}"]
    (home / "config/application.properties").write_text("\n".join(settings) + "\n")
    for name, (source, destination, *sweep) in syncs.items():
        (home / f"routes/syncs/{name}.camel.yaml").write_text(
            SYNC.format(
                name=name,
                source=source,
                destination=destination,
                sweep=sweep[0] if sweep else "0s",
            )
        )
    errors = folder / "service-errors"
    environment = {**os.environ, "PICSYNC_JAVA_OPTS": f"-Xmx{heap}", "HOME": str(folder)}
    with errors.open("w") as log, contextlib.ExitStack() as stack:
        process = subprocess.Popen(
            [str(home / "bin/picsync"), "run"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
        stack.callback(end, process)
        wait_for_start(process, errors, len(syncs))
        control = subprocess.Popen(
            ["java", "-XX:TieredStopAtLevel=1", str(CONTROL), str(process.pid)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        stack.callback(end, control)
        if not control.stdout.readline().startswith("ready"):
            raise SystemExit("the picsync service can't be controlled through JMX")
        yield Service(process, control, home / "reports", errors)


def wait_for_start(process, errors, syncs):
    deadline = time.monotonic() + START_SECONDS
    while errors.read_text().count("Started.") < syncs:
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"the picsync service does not start: {errors.read_text()[-600:]}")
        time.sleep(0.05)


def end(process):
    """Ends a process this benchmark has started, by its id."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def anonymous(port):
    """The settings of a server that lets anybody in."""
    return {"uri": f"ftp://127.0.0.1:{port}"}


def place(name, archive):
    """The settings of the server of that name which holds the archive, and the archive on it."""
    if isinstance(archive, servers.Folder):
        return {"uri": f"file:{archive.path.parent}"}, f"{name}/{archive.path.name}"
    if isinstance(archive, servers.Sftp):
        login = {
            "uri": f"sftp://127.0.0.1:{archive.port}",
            "username": archive.login.user,
            "private-key": archive.login.key,
            "known-hosts": archive.login.known_hosts,
        }
        return login, f"{name}/{archive.path}"
    return anonymous(archive.port), f"{name}/{archive.path}"
