#!/usr/bin/env python3
"""Runs one command and writes what it used as JSON: seconds, CPU seconds, peak memory.

Beside that what all processors did meanwhile, for whomever.

usage: timed.py RESULT OUTPUT ERRORS TIMEOUT_SECONDS COMMAND...

A process of its own, because a child's peak memory counts from its parent's: here that is a bare
Python's 10 MB, less than any measured tool needs.
"""

import contextlib
import json
import os
import signal
import sys
import time


def main(result, output, errors, timeout_seconds, *command):
    create = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    busy = busy_seconds()
    started = time.monotonic()
    pid = os.posix_spawnp(
        command[0],
        command,
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, output, create, 0o600),
            (os.POSIX_SPAWN_OPEN, 2, errors, create, 0o600),
        ],
        setpgroup=0,
    )
    ended_by = []

    def end(number, frame):
        ended_by.append(number)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)

    for number in (signal.SIGALRM, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    signal.alarm(int(timeout_seconds))
    status, usage = os.wait4(pid, 0)[1:]
    seconds = time.monotonic() - started
    busy = busy_seconds() - busy
    signal.alarm(0)
    with open(result, "w") as file:
        json.dump(
            {
                "seconds": seconds,
                "cpu_seconds": usage.ru_utime + usage.ru_stime,
                "busy_seconds": busy,
                "peak_bytes": usage.ru_maxrss * 1024,
                "exit_code": os.waitstatus_to_exitcode(status),
                "timed_out": signal.SIGALRM in ended_by,
            },
            file,
        )


def busy_seconds():
    """What all processors have worked since the machine's start, user and kernel together (proc(5))."""
    with open("/proc/stat") as file:
        _, user, nice, system, idle, wait, interrupt, soft_interrupt, *_ = file.readline().split()
    ticks = map(int, (user, nice, system, interrupt, soft_interrupt))
    return sum(ticks) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main(*sys.argv[1:])
