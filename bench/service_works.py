"""The works that are about one runtime: warm, large, many at once, and its start."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import results
import service
import timed
import tools
import trees

MEBIBYTE = 1024 * 1024
HERE = pathlib.Path(__file__).parent


@dataclasses.dataclass(frozen=True)
class InventedSize:
    pictures: int
    folders: int


class ServiceWork:
    """A work that measures by itself; answers its section of the page as Markdown."""

    source = None

    def measure(self, bench, options):
        raise NotImplementedError


@contextlib.contextmanager
def invented(size):
    """Runs a server that invents its listings; answers its port, and after the block its counts."""
    process = subprocess.Popen(
        [
            sys.executable,
            str(HERE / "invented_archive.py"),
            f"--pictures={size.pictures}",
            f"--folders={size.folders}",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    told = Told(int(process.stdout.readline()))
    try:
        yield told
    finally:
        process.send_signal(signal.SIGTERM)
        told.counts = json.loads(process.communicate(timeout=service.STOP_SECONDS)[0])


class Told:
    def __init__(self, port):
        self.port = port
        self.counts = {}


class Warm(ServiceWork):
    """A work in a runtime that has done it some times before, beside the peers' commands."""

    def __init__(self, work, warming):
        self.work = work
        self.warming = warming
        self.name = f"{work.name}-warm"
        self.title = f"In a warm runtime: {work.title[0].lower()}{work.title[1:]}"
        self.sftp = work.sftp

    def measure(self, bench, options):
        work = self.work
        left_out = set() if options.slow else work.slow
        peers = [
            tool
            for name, tool in tools.tools(options.picsync).items()
            if name in options.tools and name not in {"picsync", *left_out}
        ]
        seconds = {"picsync": [], **{tool.name: [] for tool in peers}}
        cpu = []
        others_cpu = []
        wrong = []
        with self.runtime(bench, options) as runtime:
            for _ in range(self.warming):
                bench.before(work)
                self.run(runtime)
            for number in range(1, options.pairs + 1):
                bench.before(work)
                before, busy = runtime.cpu_seconds, timed.busy_seconds()
                ended = self.run(runtime)
                busy = timed.busy_seconds() - busy
                cpu.append(runtime.cpu_seconds - before)
                others_cpu.append(busy - cpu[-1])
                problem = self.problem(bench, ended)
                seconds["picsync"].append(None if problem else ended.seconds)
                if problem:
                    wrong.append(f"pair {number}: picsync: {problem}")
                for tool in peers:
                    run = bench.run(work, tool)
                    seconds[tool.name].append(None if run.problem else run.seconds)
                    if run.problem:
                        wrong.append(f"pair {number}: {tool.name}: {run.problem}")
            peak = runtime.peak_bytes
        bench.release(work)
        lines = ["| tool | runs | median s | min s | max s |", "|---|---:|---:|---:|---:|"]
        for name, all_ in seconds.items():
            good = [run for run in all_ if run is not None] or [float("nan")]
            lines.append(
                f"| {name} | {len(good)} | {statistics.median(good):.2f} | {min(good):.2f}"
                f" | {max(good):.2f} |"
            )
        lines += [
            "",
            f"picsync: {statistics.median(cpu):.2f} s CPU a run,"
            f" all else {statistics.median(others_cpu):.2f} s; peak {mib(peak)} MiB",
        ]
        comparison = results.against(seconds, others_cpu)
        if comparison:
            lines += ["", comparison]
        return section(lines, wrong)

    @contextlib.contextmanager
    def runtime(self, bench, options):
        with scratch(bench) as folder, contextlib.ExitStack() as stack:
            (source, _), (destination, _) = bench.sides(stack, self.work)
            old, source = service.place("old", source)
            new, destination = service.place("new", destination)
            with service.service(
                options.picsync,
                folder,
                {"old": old, "new": new},
                {"measured": (source, destination)},
                "1g",
                connections=self.work.connections,
            ) as runtime:
                yield runtime

    def run(self, runtime):
        """Runs the work once in the runtime."""
        (ended,) = runtime.check("measured") if self.work.check else runtime.sync("measured")
        return ended

    def problem(self, bench, ended):
        """What is wrong with a run's report or with what it left behind, or None."""
        if ended.report["status"] != "completed":
            return f"{ended.report['status']}: {ended.report.get('cause')}"
        if missing(ended.report) != self.work.missing:
            return f"tells {missing(ended.report)} missing pictures, not {self.work.missing}"
        return bench.difference(self.work)


class WarmAgain(ServiceWork):
    """Comparisons in a warm runtime when nothing is missing: of everything, and by rota."""

    name = "again-warm"

    def __init__(self, again, warming):
        self.again = again
        self.warming = warming
        self.title = (
            f"Compare {len(again.source.pictures):,} pictures when nothing is missing, in a warm"
            " runtime: everything, and with sweep=1d"
        )

    def measure(self, bench, options):
        tree = self.again.source
        bench.prepare(bench.source_root / tree.name, tree)
        bench.prepare(bench.destination_folder(self.again), tree)
        archives = (f"old/{tree.name}", f"new/{self.again.name}")
        syncs = {"everything": archives, "rota": (*archives, "1d")}
        uris = {
            "old": service.anonymous(bench.source_port),
            "new": service.anonymous(bench.destination_port),
        }
        seconds = {name: [] for name in syncs}
        wrong = []
        with scratch(bench) as folder, service.service(
            options.picsync, folder, uris, syncs, "1g"
        ) as runtime:
            for _ in range(self.warming):
                runtime.check("everything")
            runtime.check("rota")
            for _ in range(options.pairs):
                for name in syncs:
                    (ended,) = runtime.check(name)
                    seconds[name].append(ended.seconds)
                    if missing(ended.report) or ended.report["status"] != "completed":
                        wrong.append(f"{name} tells {missing(ended.report)} missing pictures")
            left_out = ended.report.get("leftOut", {}).get("folders", 0)
        lines = ["| | runs | median s | min s | max s |", "|---|---:|---:|---:|---:|"]
        lines += [
            f"| {name} | {len(all_)} | {statistics.median(all_):.2f} | {min(all_):.2f}"
            f" | {max(all_):.2f} |"
            for name, all_ in seconds.items()
        ]
        return section(lines + ["", f"By rota {left_out} folders were left out."], wrong)


class Growth(ServiceWork):
    """Comparisons of two sizes in warm runtimes of the same small heap: what a picture costs."""

    def __init__(self, name, title, sizes, destination, heap):
        self.name = name
        self.title = title
        self.sizes = sizes
        self.destination = destination
        self.heap = heap

    def measure(self, bench, options):
        microseconds = {}
        lines = [
            "| pictures | folders | runs | median s | min s | max s | µs a picture | missing"
            " | peak MiB |",
            "|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
        ]
        wrong = []
        for size in self.sizes:
            seconds, peak, told = self.compare(bench, options, size)
            expected = self.expected(size)
            wrong += [
                f"{size.pictures:,} pictures: {count:,} missing were told, not {expected:,}"
                for count in told
                if count != expected
            ]
            microseconds[size] = statistics.median(seconds) / size.pictures * 1e6
            lines.append(
                f"| {size.pictures:,} | {size.folders:,} | {len(seconds)}"
                f" | {statistics.median(seconds):.2f} | {min(seconds):.2f} | {max(seconds):.2f}"
                f" | {microseconds[size]:.1f} | {expected:,} | {mib(peak)} |"
            )
        small, large = self.sizes[0], self.sizes[-1]
        lines += ["", f"Heap {self.heap}, the server's own time included."]
        if small != large:
            growth = microseconds[large] / microseconds[small]
            lines += ["", f"a picture at {large.pictures:,} / at {small.pictures:,}: **{growth:.2f}**"]
        return section(lines, wrong)

    def compare(self, bench, options, size):
        with scratch(bench) as folder, invented(size) as archive:
            uris = {name: service.anonymous(archive.port) for name in ("old", "new")}
            syncs = {"measured": ("old/all", f"new/{self.destination}")}
            with service.service(options.picsync, folder, uris, syncs, self.heap) as runtime:
                for _ in range(self.warming(size)):
                    runtime.check("measured")
                all_ended = [runtime.check("measured")[0] for _ in range(options.pairs)]
                peak = runtime.peak_bytes
        seconds = [ended.seconds for ended in all_ended]
        return seconds, peak, [missing(ended.report) for ended in all_ended]

    def warming(self, size):
        """Runs before those that count: as many pictures for each size."""
        return -(-self.sizes[-1].pictures // size.pictures)

    def expected(self, size):
        if self.destination == "none":
            return size.pictures
        if self.destination == "all":
            return 0
        shortest, longer = divmod(size.pictures, size.folders)
        eighths = [-(-(shortest + (day < longer)) // 8) for day in range(size.folders)]
        return sum(eighths)


class Start(ServiceWork):
    """From the command's start until its first listing is asked for."""

    name = "start"
    title = "Start the one-shot command: seconds to its first listing"

    def measure(self, bench, options):
        seconds = [self.start(bench, options) for _ in range(options.pairs + 1)][1:]
        return section(
            [
                "| runs | median s | min s | max s |",
                "|---:|---:|---:|---:|",
                f"| {len(seconds)} | {statistics.median(seconds):.2f} | {min(seconds):.2f}"
                f" | {max(seconds):.2f} |",
            ],
            [],
        )

    def start(self, bench, options):
        with scratch(bench) as folder, invented(InventedSize(10, 1)) as archive:
            uri = f"ftp://127.0.0.1:{archive.port}/"
            started = time.monotonic()
            subprocess.run(
                [options.picsync, "check", f"{uri}all", f"{uri}partial"],
                env={**os.environ, "XDG_STATE_HOME": str(folder)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
            )
        if not archive.counts["first_listing"]:
            raise SystemExit("picsync asked for no listing")
        return archive.counts["first_listing"] - started


class Traffic(ServiceWork):
    """What a sync that finds nothing missing sends and receives."""

    name = "again-traffic"

    def __init__(self, size):
        self.size = size
        self.title = (
            f"Sync when nothing is missing, {size.pictures:,} pictures: network bytes and commands"
        )

    def measure(self, bench, options):
        with scratch(bench) as folder, invented(self.size) as archive:
            uri = f"ftp://127.0.0.1:{archive.port}/all"
            done = subprocess.run(
                [options.picsync, "sync", uri, uri.replace("127.0.0.1", "localhost")],
                env={**os.environ, "XDG_STATE_HOME": str(folder)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        sent = archive.counts["sent"]
        listings = sent.get("listings", 0)
        verbs = archive.counts["verbs"]
        folders = 2 * (self.size.folders + 1)
        told = ", ".join(f"{verb} {count:,}" for verb, count in sorted(verbs.items()))
        wrong = [f"exit code {done.returncode}: {done.stderr}"] if done.returncode else []
        return section(
            [
                f"{listings:,} bytes of listings of {folders:,} folders, and {sent['control']:,}"
                f" bytes of replies beside them ({sent['control'] / listings:.1%}).",
                "",
                f"Commands: {told}; {sum(verbs.values()) / folders:.1f} a folder.",
            ],
            wrong,
        )


class Many(ServiceWork):
    """Many syncs side by side in one runtime, and one alone before."""

    name = "syncs-36"

    def __init__(self, compare, count, heap):
        self.compare = compare
        self.count = count
        self.heap = heap
        self.title = (
            f"{count} syncs of {len(compare.source.pictures):,} pictures at once in one runtime,"
            f" and a small one beside them, heap {heap}"
        )

    def measure(self, bench, options):
        source, destination = self.compare.source, self.compare.before
        bench.prepare(bench.source_root / source.name, source)
        bench.prepare(bench.destination_folder(self.compare), destination)
        little = trees.archive("little", 20, 2)
        bench.prepare(bench.source_root / little.name, little)
        bench.prepare(bench.destination_root / little.name, little)
        names = [f"camera{number}" for number in range(1, self.count + 1)]
        syncs = {name: (f"old/{source.name}", f"new/{self.compare.name}") for name in names}
        syncs["little"] = (f"old/{little.name}", f"new/{little.name}")
        uris = {
            "old": service.anonymous(bench.source_port),
            "new": service.anonymous(bench.destination_port),
        }
        wrong = []
        with scratch(bench) as folder, service.service(
            options.picsync, folder, uris, syncs, self.heap, runs=self.count + 1
        ) as runtime:
            for _ in range(3):
                runtime.check(names[0])
            alone = [runtime.check(names[0])[0].seconds for _ in range(options.pairs)]
            ended = runtime.check(*names, "little")
            peak = runtime.peak_bytes
        seconds = {run.sync: run.seconds for run in ended}
        for run in ended:
            expected = 0 if run.sync == "little" else self.compare.missing
            if missing(run.report) != expected or run.report["status"] != "completed":
                wrong.append(f"{run.sync} tells {missing(run.report)} missing pictures")
        little_seconds = seconds.pop("little")
        one = statistics.median(alone)
        pictures = len(source.pictures) + len(destination.pictures)
        throughput = self.count * pictures / max(seconds.values())
        return section(
            [
                "| | seconds | pictures/s |",
                "|---|---:|---:|",
                f"| one alone (median of {len(alone)}) | {one:.2f} | {pictures / one:,.0f} |",
                f"| {self.count} at once, the last to end | {max(seconds.values()):.2f}"
                f" | {throughput:,.0f} |",
                f"| the first of them to end | {min(seconds.values()):.2f} | |",
                f"| the small one, started last | {little_seconds:.2f} | |",
                "",
                f"throughput of {self.count} / of one alone: **{throughput / (pictures / one):.2f}**; "
                f"peak {mib(peak)} MiB",
            ],
            wrong,
        )


@contextlib.contextmanager
def scratch(bench):
    with tempfile.TemporaryDirectory(dir=bench.folder) as folder:
        yield pathlib.Path(folder)


def missing(report):
    return report["result"]["destination"]["files"]["missing"]["count"]["total"]


def mib(count):
    return f"{count / MEBIBYTE:.0f}"


def section(lines, wrong):
    return "\n".join(lines + ([""] if wrong else []) + [f"- WRONG: {problem}" for problem in wrong])


def works(commands, smoke):
    """These works in their order; commands: the works of single commands, by name."""
    compare, again = commands["compare"], commands["again"]
    year = [InventedSize(100, 4), InventedSize(400, 8)]
    if not smoke:
        year = [InventedSize(58_343, 406), InventedSize(1_000_000, 695)]
    large = InventedSize(500 if smoke else 100_000, 1)
    most = f"{year[-1].pictures:,}"
    all_works = (
        Warm(compare, 1 if smoke else 15),
        *(
            Warm(work, 1 if smoke else 10)
            for name, work in commands.items()
            if name.startswith("transfer-")
        ),
        WarmAgain(again, 1 if smoke else 15),
        Growth("million", f"Compare {most} pictures", year, "all", "256m"),
        Growth("million-missing", f"Plan {most} missing pictures", year, "none", "256m"),
        Growth(
            "folder-100000",
            f"Compare one folder of {large.pictures:,} pictures",
            [large],
            "partial",
            "256m",
        ),
        Traffic(year[0]),
        Start(),
        Many(compare, 3 if smoke else 36, "1g"),
    )
    return {work.name: work for work in all_works}
