"""What a service took while it was watched: processor time by threads, heap, pauses, memory, handles."""

from __future__ import annotations

import os
import pathlib
import re
import time

TICKS = os.sysconf("SC_CLK_TCK")
GROUPS = (
    ("API", ("vert.x-", "api-")),
    ("compilers", ("C1 ", "C2 ")),
    ("collector", ("VM Thread", "GC ", "G1 ")),
)


class Watch:
    """From its making until told() or bounds()."""

    def __init__(self, service):
        self.service = service
        self.folder = pathlib.Path(f"/proc/{service.process.pid}")
        self.began = time.monotonic()
        self.threads = self.by_group()
        self.log_bytes = (service.base / "jvm.log").stat().st_size
        self.own = os.times()

    def by_group(self):
        seconds = {"all": cpu(self.folder / "stat")}
        for task in (self.folder / "task").iterdir():
            try:
                name = (task / "comm").read_text()
                group = next((g for g, names in GROUPS if name.startswith(names)), None)
                if group:
                    seconds[group] = seconds.get(group, 0) + cpu(task / "stat")
            except OSError:
                continue  # it ended
        return seconds

    def told(self):
        """Lines that say it all."""
        took = time.monotonic() - self.began
        now = self.by_group()
        spent = {group: now.get(group, 0) - self.threads.get(group, 0) for group in now}
        rest = spent.pop("all") - sum(value for group, value in spent.items())
        own = os.times()
        clients = own.user + own.system - self.own.user - self.own.system
        shares = [f"{group} {value / took * 100:.0f} %" for group, value in
                  [("runs and the rest", rest), *sorted(spent.items()), ("the clients", clients)]]
        pauses, heaps = self.jvm()
        return [
            "of one core: " + ", ".join(shares),
            f"pauses of the JVM: {len(pauses)}, {sum(pauses):.0f} ms together, "
            f"p99 {part(pauses, .99):.0f} ms, at most {max(pauses, default=0):.0f} ms",
            f"peak heap {max(heaps, default=0)} MB, peak memory {self.peak()} MB",
        ]

    def jvm(self):
        """Milliseconds of each pause, reaching it included; MB of heap before each collection."""
        with open(self.service.base / "jvm.log") as log:
            log.seek(self.log_bytes)
            text = log.read()
        pauses = [int(found) / 1e6 for found in re.findall(r"Total: (\d+) ns", text)]
        return pauses, [int(found) for found in re.findall(r"(\d+)M->\d+M\(", text)]

    def peak(self):
        return self.memory("VmHWM")

    def memory(self, which="VmRSS"):
        """MB."""
        return int(re.search(rf"{which}:\s+(\d+)", (self.folder / "status").read_text())[1]) // 1024

    def handles(self, of=""):
        """Open files whose name ends so."""
        count = 0
        for handle in (self.folder / "fd").iterdir():
            try:
                count += os.readlink(handle).endswith(of)
            except OSError:
                continue
        return count


def cpu(stat):
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def part(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0
