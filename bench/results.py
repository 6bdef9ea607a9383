"""Summaries of runs, as lines for the terminal and as a page in Markdown."""

from __future__ import annotations

import datetime
import os
import pathlib
import platform
import shutil
import statistics
import subprocess

import servers

OWN = "picsync"
MEBIBYTE = 1024 * 1024
HEAD = ("tool", "runs", "median s", "min s", "max s", "CPU s", "others' CPU s", "peak MiB")


def head_of(work):
    if not work.round_trip_ms:
        return HEAD
    return (
        *HEAD,
        f"round trips a {work.unit}",
        "counted at source + destination",
        f"commands a {work.unit}",
    )


def summary(work, pairs):
    """The table of one work as Markdown. A pair holds one run of each tool, by tool name."""
    head = head_of(work)
    lines = [
        "| " + " | ".join(head) + " |",
        "|---" + "|---:" * (len(head) - 1) + "|",
    ]
    for tool in pairs[0]:
        lines.append("| " + " | ".join(row(work, tool, [pair[tool] for pair in pairs])) + " |")
    lines += wrong_runs(pairs)
    comparison = ratio(pairs)
    if comparison:
        lines += ["", comparison]
    return "\n".join(lines)


def row(work, tool, runs):
    good = [run for run in runs if not run.problem]
    counted = str(len(good)) if len(good) == len(runs) else f"{len(good)} ({wrong_count(runs)} WRONG)"
    if not good:
        return [tool, counted] + ["–"] * (len(head_of(work)) - 2)
    seconds = [run.seconds for run in good]
    cells = [
        tool,
        counted,
        f"{statistics.median(seconds):.2f}",
        f"{min(seconds):.2f}",
        f"{max(seconds):.2f}",
        f"{statistics.median(run.cpu_seconds for run in good):.2f}",
        f"{statistics.median(run.others_cpu_seconds for run in good):.2f}",
        f"{max(run.peak_bytes for run in good) / MEBIBYTE:.0f}",
    ]
    if work.round_trip_ms:
        cells += distance_cells(work, good)
    return cells


def wrong_count(runs):
    return sum(1 for run in runs if run.problem)


def distance_cells(work, runs):
    """Round trips by the clock (what one connection spent per unit), and commands counted."""
    median = statistics.median(run.seconds for run in runs)
    spent = median * work.connections / (work.round_trip_ms / 1000) / work.units
    verbs = sorted(runs[-1].commands.items(), key=lambda item: -item[1])
    each = [(verb, count / work.units) for verb, count in verbs]
    told = " ".join(f"{verb} {count:.1f}" for verb, count in each if count >= 0.05)
    total = sum(count for _, count in each)
    counted = " + ".join(f"{count / work.units:.1f}" for count in runs[-1].trips)
    return [f"{spent:.1f}", counted, f"{total:.1f}: {told}"]


def wrong_runs(pairs):
    problems = [
        f"- WRONG, not counted: pair {number}, {run.tool}: {' '.join(run.problem.split())}"
        for number, pair in enumerate(pairs, 1)
        for run in pair.values()
        if run.problem
    ]
    return ["", *problems] if problems else []


def ratio(pairs):
    """How picsync did in these pairs beside the best peer, or None; WRONG runs don't count."""
    seconds = {
        tool: [None if pair[tool].problem else pair[tool].seconds for pair in pairs]
        for tool in pairs[0]
    }
    own = [pair[OWN] for pair in pairs if OWN in pair and not pair[OWN].problem]
    return against(seconds, [run.others_cpu_seconds for run in own])


def against(seconds, others_cpu):
    """picsync's seconds by those of the best peer (lowest median), pair by pair; their median.

    seconds: by tool, pair by pair, None for a run that doesn't count; others_cpu: what the
    processors did for all else in each run of picsync that does.
    """
    peers = {
        tool: statistics.median(good)
        for tool, runs in seconds.items()
        if tool != OWN and (good := [run for run in runs if run is not None])
    }
    if not others_cpu or not peers:
        return None
    best = min(peers, key=peers.get)
    ratios = [
        own / peer
        for own, peer in zip(seconds[OWN], seconds[best])
        if own is not None and peer is not None
    ]
    if not ratios:
        return None
    each = ", ".join(f"{value:.2f}" for value in ratios)
    return (
        f"picsync / best peer ({best}): **{statistics.median(ratios):.2f}** (pairs: {each})"
        + floor(statistics.median(others_cpu), peers[best])
    )


def floor(others_cpu_seconds, peer_seconds):
    """What would be left of the ratio if picsync itself took nothing of the processors' time."""
    cores = len(os.sched_getaffinity(0))
    ratio = others_cpu_seconds / cores / peer_seconds
    return f"; without picsync's own work, on {cores} cores: {ratio:.2f}"


def page(sections, machine):
    """The page of results: the machine, then a section for each work."""
    parts = ["# Results", "Written by `bench/run`; [README.md](README.md) tells how to read it."]
    parts.append("\n".join(f"- {name}: {value}" for name, value in machine.items()))
    for work, table in sections:
        parts.append(f"## {work.name}\n\n{work.title}.\n\n{table}")
    return "\n\n".join(parts) + "\n"


def machine(work_folder, tool_names):
    """What the figures depend on: the machine, what else it does, the versions."""
    described = {
        "date": f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d %H:%M} UTC",
        "CPU": f"{cpu_model()}, {len(os.sched_getaffinity(0))} cores",
        "memory": f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB",
        "system": f"{operating_system()}, kernel {platform.release()}",
        "file system of the trees": file_system(work_folder),
        "load before (1, 5, 15 minutes)": ", ".join(f"{load:.2f}" for load in os.getloadavg()),
        "servers": f"vsftpd {package_version('vsftpd')}, two, on loopback; for SFTP {sshd_version()}",
    }
    versions = {
        "picsync": picsync_version,
        "lftp": lambda: package_version("lftp"),
        "rclone": lambda: package_version("rclone"),
    }
    described |= {name: versions[name]() for name in tool_names}
    return described


def cpu_model():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def operating_system():
    for line in pathlib.Path("/etc/os-release").read_text().splitlines():
        if line.startswith("PRETTY_NAME="):
            return line.split("=", 1)[1].strip('"')
    return platform.system()


def file_system(folder):
    return first_line(["stat", "--file-system", "--format=%T", str(folder)])


def package_version(name):
    return first_line(["dpkg-query", "--show", "--showformat=${Version}", name])


def sshd_version():
    program = servers.sshd()
    if not program:
        return "none"
    told = subprocess.run([program, "-V"], stderr=subprocess.PIPE, text=True, check=False).stderr
    return next((line for line in told.splitlines() if "OpenSSH" in line), "OpenSSH").split(",")[0]


def picsync_version():
    here = str(pathlib.Path(__file__).parent)
    commit = first_line(["git", "-C", here, "describe", "--always", "--dirty"])
    return f"commit {commit}, {first_line(['java', '-version'])}"


def first_line(command):
    """The first line a command prints, or `unknown`."""
    if not shutil.which(command[0]):
        return "unknown"
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    lines = done.stdout.strip().splitlines()
    return lines[0] if done.returncode == 0 and lines else "unknown"
