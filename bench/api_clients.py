"""Clients of the API: each asks, reads the whole answer, waits and asks for something else."""

from __future__ import annotations

import collections
import dataclasses
import heapq
import re
import selectors
import socket
import time

from api_setup import RUNS

TIMEOUT_SECONDS = 30
NEXT = re.compile(rb'"next":"([^"]+)"\}$')


@dataclasses.dataclass
class Outcome:
    """Seconds by kind of answer; how many runs were going on when somebody asked."""

    seconds: dict
    errors: list
    going: list


class Client:
    """One kept connection. In one thread with all others, so that they cost as little as they can."""

    def __init__(self, number, port, listed, syncs):
        self.turn = number
        self.port = port
        self.lines = f"/api/reports/{listed}/lists/missing/lines?limit=100"
        self.listed = listed
        self.syncs = syncs
        self.cursor = ""
        self.page = ""
        self.connect()

    def connect(self):
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=TIMEOUT_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)

    def what(self):
        sync = f"sync{self.turn % self.syncs:03}"
        cursor = f"&cursor={self.cursor}" if self.cursor else ""
        page = f"&cursor={self.page}" if self.page else ""
        kinds = [
            ("syncs", "/api/syncs"), ("progress", "/api/progress"),
            ("reports", f"/api/reports?limit=25{page}"),
            ("reports of a sync", f"/api/reports?sync={sync}"),
            ("report", f"/api/reports/{self.listed}"), ("lines", self.lines + cursor),
            ("lines filtered", f"{self.lines}&text=0715{cursor}"),
            ("calendar", f"/api/syncs/sync{self.turn % RUNS:03}/calendar"),
        ]
        self.turn += 1
        return kinds[self.turn % len(kinds)]

    def ask(self):
        self.kind, self.path = self.what()
        self.answer = bytearray()
        self.head = 0
        self.began = time.perf_counter()
        self.socket.send(f"GET {self.path} HTTP/1.1\r\nHost: localhost:{self.port}\r\n\r\n".encode())

    def whole(self):
        """Takes what came; whether that was all."""
        part = self.socket.recv(1 << 16)
        if not part:
            raise ConnectionError("closed")
        self.answer += part
        if not self.head:
            self.head = self.answer.find(b"\r\n\r\n") + 4
            if self.head < 4:
                self.head = 0
                return False
            length = re.search(rb"(?i)content-length: *(\d+)", self.answer[:self.head])
            self.length = int(length[1]) if length else None
        if self.length is None:
            return self.answer.endswith(b"\r\n0\r\n\r\n")
        return len(self.answer) - self.head >= self.length

    def learn(self):
        """Where the next page begins."""
        found = NEXT.search(self.answer[-200:])
        following = found[1].decode() if found else ""
        if self.kind.startswith("lines"):
            self.cursor = following
        elif self.kind == "reports":
            self.page = following


def load(port, listed, syncs, count, pause, seconds):
    """As many clients, each with a pause of so many seconds between an answer and the next question."""
    outcome = Outcome(collections.defaultdict(list), [], [])
    now = time.monotonic()
    end = now + seconds
    clients = [Client(number, port, listed, syncs) for number in range(count)]
    due = [(now + pause * number / count, number) for number in range(count)]
    asked = {}
    with selectors.DefaultSelector() as selector:

        def give_up(client, number, why):
            outcome.errors.append(f"{why!r} {client.path}")
            selector.unregister(client.socket)
            client.socket.close()
            client.connect()
            asked.pop(number)
            heapq.heappush(due, (time.monotonic() + pause, number))

        while asked or time.monotonic() < end:
            while due and due[0][0] <= time.monotonic() < end:
                number = heapq.heappop(due)[1]
                asked[number] = time.monotonic()
                selector.register(clients[number].socket, selectors.EVENT_READ, number)
                clients[number].ask()
            wait = min(0.5, due[0][0] - time.monotonic()) if due else 0.5
            for key, _ in selector.select(max(0, wait)):
                client = clients[key.data]
                try:
                    if not client.whole():
                        continue
                except OSError as failure:
                    give_up(client, key.data, failure)
                    continue
                outcome.seconds[client.kind].append(time.perf_counter() - client.began)
                selector.unregister(client.socket)
                asked.pop(key.data)
                if not client.answer.startswith(b"HTTP/1.1 200 "):
                    outcome.errors.append(f"{client.answer[:12].decode()} {client.path}")
                client.learn()
                if client.kind == "progress":
                    outcome.going.append(client.answer.count(b'"run":"'))
                heapq.heappush(due, (time.monotonic() + pause, key.data))
            for number, since in list(asked.items()):
                if time.monotonic() - since > TIMEOUT_SECONDS:
                    give_up(clients[number], number, TimeoutError())
    for client in clients:
        client.socket.close()
    return outcome


def table(outcome):
    """Lines: p50, p99 and the longest by kind of answer."""
    everything = [value for values in outcome.seconds.values() for value in values]
    lines = [f"{'answer':20} {'count':>7} {'p50 ms':>8} {'p99 ms':>8} {'max ms':>8}"]
    for kind, values in sorted(outcome.seconds.items()) + [("all", everything)]:
        lines.append(f"{kind:20} {len(values):7} {percentile(values, .5):8.1f} "
                     f"{percentile(values, .99):8.1f} {max(values) * 1000:8.1f}")
    return lines


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))] * 1000
