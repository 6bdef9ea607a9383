#!/usr/bin/env python3
"""An FTP proxy on loopback that adds distance: a round-trip time between a client and a server.

Started with --server PORT and --round-trip-ms MS, it prints the port it listens on as its first
line. On SIGTERM or SIGINT it prints one JSON object and ends: commands by verb, control sessions,
data connections, and flushes (how often a client wrote to a control connection).

What is modelled: every byte spends half a round trip under way, in order, without a bandwidth
limit; a connection costs a whole round trip before its first byte moves. What is not modelled:
TCP slow start and loss. Only passive mode crosses the proxy (the ports in the replies to PASV and
EPSV are replaced by its own).
"""

import argparse
import asyncio
import collections
import json
import re
import signal
import socket

LOOPBACK = "127.0.0.1"
HELD_BYTES = 16 * 1024 * 1024
UNUSED_DATA_PORT_SECONDS = 60
PASV_REPLY = re.compile(rb"227 .*?\(\d+,\d+,\d+,\d+,(\d+),(\d+)\)")
EPSV_REPLY = re.compile(rb"229 .*?\(\|\|\|(\d+)\|\)")


class Line:
    """One direction of a connection: what goes in comes out half a round trip later, in order."""

    def __init__(self, half_seconds, ended):
        self.loop = asyncio.get_running_loop()
        self.half_seconds = half_seconds
        self.on_ended = ended
        self.under_way = collections.deque()
        self.held_bytes = 0
        self.source = None
        self.target = None
        self.timer = None
        self.blocked = False
        self.ending = False

    def send(self, data):
        self.under_way.append((self.loop.time() + self.half_seconds, data))
        self.held_bytes += len(data)
        if self.held_bytes > HELD_BYTES and self.source.is_reading():
            self.source.pause_reading()
        self.schedule()

    def end(self):
        if not self.ending:
            self.ending = True
            self.under_way.append((self.loop.time() + self.half_seconds, None))
            self.schedule()

    def attach(self, target):
        self.target = target
        self.schedule()

    def block(self, blocked):
        self.blocked = blocked
        self.schedule()

    def schedule(self):
        if self.target and self.under_way and not self.timer and not self.blocked:
            self.timer = self.loop.call_at(self.under_way[0][0], self.deliver)

    def deliver(self):
        self.timer = None
        now = self.loop.time()
        while self.under_way and self.under_way[0][0] <= now and not self.blocked:
            data = self.under_way.popleft()[1]
            if data is None:
                self.on_ended(self.target)
                return
            self.held_bytes -= len(data)
            if not self.target.is_closing():
                self.target.write(data)
        if self.held_bytes <= HELD_BYTES and not self.ending and not self.source.is_reading():
            self.source.resume_reading()
        self.schedule()


class End(asyncio.Protocol):
    """The proxy's end towards the client or towards the server."""

    def __init__(self, out, back, connected, received):
        self.out = out
        self.back = back
        self.connected = connected
        self.received = received

    def connection_made(self, transport):
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.out.source = transport
        self.back.attach(transport)
        self.connected()

    def data_received(self, data):
        self.received(data)

    def eof_received(self):
        self.out.end()
        return True

    def connection_lost(self, error):
        self.out.end()

    def pause_writing(self):
        self.back.block(True)

    def resume_writing(self):
        self.back.block(False)


class Connection:
    """A client's connection and its continuation to the server; subclasses look at what passes."""

    def __init__(self, proxy, server_port):
        self.proxy = proxy
        self.server_port = server_port
        half_seconds = proxy.round_trip_seconds / 2
        self.to_server = Line(half_seconds, self.ended)
        self.to_client = Line(half_seconds, self.ended)
        self.open_directions = 2

    def client_end(self):
        return End(self.to_server, self.to_client, self.accepted, self.from_client)

    def accepted(self):
        self.proxy.keep(self.connect())

    async def connect(self):
        await asyncio.sleep(self.proxy.round_trip_seconds)
        loop = asyncio.get_running_loop()
        try:
            await loop.create_connection(
                lambda: End(self.to_client, self.to_server, lambda: None, self.from_server),
                LOOPBACK,
                self.server_port,
            )
        except OSError:
            self.to_server.source.abort()

    def from_client(self, data):
        self.to_server.send(data)

    def from_server(self, data):
        self.to_client.send(data)

    def ended(self, target):
        self.open_directions -= 1
        if self.open_directions == 0:
            self.to_server.target.close()
            self.to_client.target.close()
        elif not target.is_closing() and target.can_write_eof():
            try:
                target.write_eof()
            except OSError:
                target.abort()


class ControlConnection(Connection):
    """Counts the client's commands and leads the data connections through the proxy."""

    def __init__(self, proxy, server_port):
        super().__init__(proxy, server_port)
        self.commands = b""
        self.replies = b""

    def accepted(self):
        self.proxy.counts["sessions"] += 1
        super().accepted()

    def from_client(self, data):
        self.proxy.counts["flushes"] += 1
        *lines, self.commands = (self.commands + data).split(b"\r\n")
        for line in lines:
            self.proxy.verbs[line.split(b" ")[0].decode("ascii", "replace").upper()] += 1
        super().from_client(data)

    def from_server(self, data):
        *lines, self.replies = (self.replies + data).split(b"\n")
        if lines:
            super().from_server(b"".join(self.through_proxy(line) + b"\n" for line in lines))

    def through_proxy(self, reply):
        if match := PASV_REPLY.match(reply):
            port = self.proxy.data_port(int(match[1]) * 256 + int(match[2]))
            return b"227 Entering Passive Mode (127,0,0,1,%d,%d).\r" % divmod(port, 256)
        if match := EPSV_REPLY.match(reply):
            port = self.proxy.data_port(int(match[1]))
            return b"229 Entering Extended Passive Mode (|||%d|).\r" % port
        return reply


class Proxy:
    def __init__(self, server_port, round_trip_seconds):
        self.server_port = server_port
        self.round_trip_seconds = round_trip_seconds
        self.verbs = collections.Counter()
        self.counts = collections.Counter()
        self.tasks = set()

    def keep(self, coroutine):
        """Starts a task and holds it: asyncio itself keeps only weak references."""
        task = asyncio.get_running_loop().create_task(coroutine)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def data_port(self, server_port):
        """Listens at once, for one data connection, and answers the port."""
        listening = socket.create_server((LOOPBACK, 0))
        self.keep(self.accept_data(listening, server_port))
        return listening.getsockname()[1]

    async def accept_data(self, listening, server_port):
        accepted = asyncio.Event()

        def client_end():
            accepted.set()
            self.counts["data connections"] += 1
            return Connection(self, server_port).client_end()

        server = await asyncio.get_running_loop().create_server(client_end, sock=listening)
        try:
            await asyncio.wait_for(accepted.wait(), UNUSED_DATA_PORT_SECONDS)
        except asyncio.TimeoutError:
            pass
        server.close()

    async def run(self):
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        server = await loop.create_server(
            lambda: ControlConnection(self, self.server_port).client_end(), LOOPBACK, 0
        )
        print(server.sockets[0].getsockname()[1], flush=True)
        await stop.wait()
        server.close()
        print(json.dumps({"verbs": self.verbs, **self.counts}), flush=True)


async def main():
    parser = argparse.ArgumentParser(description="Adds a round-trip time to an FTP server.")
    parser.add_argument("--server", type=int, required=True, metavar="PORT")
    parser.add_argument("--round-trip-ms", type=float, default=50, metavar="MS")
    options = parser.parse_args()
    await Proxy(options.server, options.round_trip_ms / 1000).run()


if __name__ == "__main__":
    asyncio.run(main())
