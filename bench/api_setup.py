"""What the load on the API needs: pictures, reports, syncs, and a picsync service over them."""

from __future__ import annotations

import datetime
import gzip
import http.client
import json
import os
import pathlib
import signal
import subprocess
import time

RUNS = 8
FIRST = datetime.datetime(2026, 1, 1)
START_SECONDS = 120
STOP_SECONDS = 60


def pictures(disk, count):
    """Tiny pictures, one every ten minutes, every eighth missing: comparing costs what it always costs."""
    for index in range(count):
        name = (FIRST + datetime.timedelta(minutes=10 * index)).strftime("%Y%m%d/%Y%m%d%H%M%S.jpg")
        for side in ("old", "new") if index % 8 else ("old",):
            file = disk / side / name
            if index < 2 or not file.parent.is_dir():
                file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()


def configure(base, port, syncs):
    (base / "config").mkdir()
    (base / "disk").mkdir(exist_ok=True)
    (base / "config/application.properties").write_text(
        f"picsync.server.disk.uri={(base / 'disk').as_uri()}\npicsync.sync.runs={RUNS}\n"
        f"picsync.api.port={port}\npicsync.report.folder={base / 'reports'}\n"
        "picsync.retention.bundle-after=36500d\n")
    folder = base / "routes/syncs"
    folder.mkdir(parents=True)
    for index in range(syncs):
        # RUNS of them go on all the time
        interval = "        interval: 1s\n        settle: 0s\n" if index < RUNS else ""
        (folder / f"sync{index:03}.camel.yaml").write_text(
            f"- route:\n    id: sync{index:03}\n    group: syncs\n    description: Of the benchmark.\n"
            f"    from:\n      uri: sync:sync{index:03}\n      parameters:\n        source: disk/old\n"
            f"        destination: disk/new\n        mode: check\n{interval}      steps:\n"
            "        - to: {uri: direct:compare}\n        - to: {uri: direct:transfer}\n"
            "        - to: {uri: direct:report}\n")


def reports(folder, count, syncs, lines):
    """Reports as runs write them. Answers the last run, which has a missing list of so many lines."""
    kind = {"jpg": 51050, "raw": 0, "total": 51050}
    volume = {"count": kind, "size": kind}
    for index in range(count):
        sync = f"sync{index % syncs:03}"
        at = FIRST + datetime.timedelta(minutes=10 * (index // syncs))
        run = at.strftime("%Y%m%dT%H%M%S000Z-") + sync
        lists = {"missing": f"{run}.missing.jsonl.gz"} if index == count - 1 else {}
        text = json.dumps({
            "schema": 1, "run": run, "sync": sync, "mode": "check", "status": "completed",
            "source": "disk/old", "sourceAddress": "file:/disk/old", "destination": "disk/new",
            "destinationAddress": "file:/disk/new", "requested": at.isoformat() + "Z",
            "started": at.isoformat() + "Z", "compared": at.isoformat() + "Z",
            "finished": at.isoformat() + "Z",
            "result": {"source": {"files": {**volume, "missing": volume}},
                       "destination": {"files": {**volume, "missing": volume}},
                       "intersect": volume,
                       "differs": {"count": kind, "sourceSize": kind, "destinationSize": kind}},
            "transfer": {"planned": 0, "plannedBytes": 0, "transferred": 0, "alreadyThere": 0,
                         "vanished": 0, "failed": 0, "notAttempted": 0, "unsettled": 0, "bytes": 0,
                         "seconds": 0.0, "bytesPerSecond": 0},
            "ignored": {"source": {}, "destination": {}}, "untrusted": {"folders": 0, "first": []},
            "damaged": {"count": 0, "first": []}, "alarms": [], "lists": lists}, indent=1)
        (folder / sync).mkdir(parents=True, exist_ok=True)
        (folder / sync / f"{run}.json").write_text(text)
    missing_list(folder / sync / f"{run}.missing.jsonl.gz", lines)
    return run


def missing_list(file, count):
    """In gzip members of some thousand lines each, as picsync writes it."""
    with open(file, "wb") as out:
        for first in range(0, count, 4096):
            lines = []
            for index in range(first, min(first + 4096, count)):
                name = (FIRST + datetime.timedelta(minutes=index)).strftime("%Y%m%d/%Y%m%d%H%M%S.jpg")
                lines.append(f'{{"path":"{name}","size":{1_500_000 + index}}}\n')
            out.write(gzip.compress("".join(lines).encode(), 6))


class Service:
    """A picsync service of the benchmark's, over the folder base."""

    def __init__(self, picsync, base, port, heap, java=""):
        self.base = base
        self.port = port
        options = f"-Xmx{heap} -Xlog:gc,safepoint:file={base / 'jvm.log'}:uptime {java}"
        self.process = subprocess.Popen(
            [picsync, "run"], env=dict(os.environ, PICSYNC_BASE=str(base), PICSYNC_JAVA_OPTS=options),
            stdout=subprocess.DEVNULL, stderr=open(base / "log", "w"))

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def json(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()

    def wait_for_index(self, count):
        """Seconds from the first answer until all reports were indexed."""
        listened = None
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            try:
                index = self.json("/api/index")
                listened = listened or time.monotonic()
                if index["state"] == "ready" and index["reports"] >= count:
                    return time.monotonic() - listened
            except OSError:
                pass
            time.sleep(0.05)
        raise SystemExit(f"The reports were not indexed. The service said:\n{(self.base / 'log').read_text()[-2000:]}")

    def wrong(self):
        """What the log tells of errors."""
        return [line for line in (self.base / "log").read_text().splitlines()
                if " ERROR " in line or "OutOfMemory" in line]
