#!/usr/bin/env python3
"""An FTP server on loopback whose archive exists in its listings only: as many pictures as asked for.

Started with --pictures N and --folders N, it prints its port as its first line. On SIGTERM it prints
one JSON object and ends: the commands by verb, the bytes sent, and when the first listing was asked
for, in seconds of the machine's monotonic clock.

It speaks what a client needs to list (as vsftpd does: LIST, no MLSD) and nothing to fetch or store.
The archive `all` holds every picture, `partial` lacks each eighth, `none` is an empty folder. A
listing is made of a template, so the server is hardly what is measured.
"""

import argparse
import collections
import datetime
import json
import re
import signal
import socket
import sys
import threading
import time

LOOPBACK = "127.0.0.1"
FIRST_DAY = datetime.date(2011, 7, 14)
DAY = re.compile(r"/(all|partial)/(\d{8})$")
LINE = b"-rw-r--r--    1 ftp      ftp        358400 Jul 14  2011 %s%06d.jpg\r\n"
FOLDER = b"drwxr-xr-x    2 ftp      ftp          4096 Jul 14  2011 %s\r\n"
ITSELF = FOLDER % b"." + FOLDER % b".."
DAY_IN_TEMPLATE = b"00000000"


class Archive:
    """Lines by the thousand: a day is the template of its length with the date put in."""

    def __init__(self, pictures, folders):
        shortest, longer = divmod(pictures, folders)
        self.days = [
            (FIRST_DAY + datetime.timedelta(days=index)).strftime("%Y%m%d").encode()
            for index in range(folders)
        ]
        self.counts = {
            day: shortest + (index < longer) for index, day in enumerate(self.days)
        }
        self.templates = {
            (count, partial): self.template(count, partial)
            for count in set(self.counts.values())
            for partial in (False, True)
        }

    def template(self, count, partial):
        return b"".join(
            LINE % (DAY_IN_TEMPLATE, index)
            for index in range(count)
            if not partial or index % 8
        )

    def listing(self, path):
        """The bytes that LIST sends for a folder; None when there is no such folder."""
        if path in ("/all", "/partial"):
            return ITSELF + b"".join(FOLDER % day for day in self.days)
        if path == "/":
            return ITSELF + b"".join(FOLDER % name for name in (b"all", b"none", b"partial"))
        if path == "/none":
            return ITSELF
        found = DAY.match(path)
        day = found and found.group(2).encode()
        if day not in self.counts:
            return None
        template = self.templates[self.counts[day], found.group(1) == "partial"]
        return ITSELF + template.replace(DAY_IN_TEMPLATE, day)


class Server:
    def __init__(self, archive):
        self.archive = archive
        self.lock = threading.Lock()
        self.verbs = collections.Counter()
        self.sent = collections.Counter()
        self.first_listing = None

    def serve(self, listener):
        while True:
            control, _ = listener.accept()
            control.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.converse, args=(control,), daemon=True).start()

    def converse(self, control):
        session = Session(self, control)
        with control, control.makefile("rb") as lines:
            try:
                session.say("220 An archive that is invented.")
                for line in lines:
                    verb, _, argument = line.decode().strip().partition(" ")
                    with self.lock:
                        self.verbs[verb.upper()] += 1
                    if not session.answer(verb.upper(), argument):
                        return
            except OSError:
                return  # the client is gone


class Session:
    def __init__(self, server, control):
        self.server = server
        self.control = control
        self.folder = "/"
        self.passive = None

    def say(self, text):
        data = text.encode() + b"\r\n"
        with self.server.lock:
            self.server.sent["control"] += len(data)
        self.control.sendall(data)

    def path(self, argument):
        joined = argument if argument.startswith("/") else f"{self.folder}/{argument}"
        return "/" + "/".join(part for part in joined.split("/") if part not in ("", "."))

    def answer(self, verb, argument):
        """Answers a command; false after the last one."""
        archive = self.server.archive
        if verb == "USER":
            self.say("331 Any password will do.")
        elif verb in ("PASS", "TYPE", "OPTS", "MODE", "STRU", "NOOP"):
            self.say("230 Welcome." if verb == "PASS" else "200 So be it.")
        elif verb == "SYST":
            self.say("215 UNIX Type: L8")
        elif verb == "FEAT":
            self.say("211-Features:\r\n UTF8\r\n211 End")
        elif verb == "PWD":
            self.say(f'257 "{self.folder}" is the folder.')
        elif verb == "CWD":
            known = archive.listing(self.path(argument)) is not None
            self.folder = self.path(argument) if known else self.folder
            self.say("250 Entered." if known else "550 There is no such folder.")
        elif verb in ("PASV", "EPSV"):
            self.passive = socket.create_server((LOOPBACK, 0))
            port = self.passive.getsockname()[1]
            self.say(
                f"227 Passive (127,0,0,1,{port >> 8},{port & 255})."
                if verb == "PASV"
                else f"229 Passive (|||{port}|)."
            )
        elif verb == "LIST" and self.passive:
            self.list("" if argument.startswith("-") else argument)
        elif verb == "QUIT":
            self.say("221 Goodbye.")
            return False
        else:
            self.say("502 Not here.")
        return True

    def list(self, argument):
        now = time.monotonic()
        with self.server.lock:
            self.server.first_listing = self.server.first_listing or now
        listing = self.server.archive.listing(self.path(argument)) or b""
        with self.passive:
            self.say("150 Here it comes.")
            data, _ = self.passive.accept()
        self.passive = None
        with data:
            data.sendall(listing)
        with self.server.lock:
            self.server.sent["listings"] += len(listing)
        self.say("226 Complete.")


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pictures", type=int, required=True, help="in the whole archive")
    parser.add_argument("--folders", type=int, required=True, help="day folders, at most 9999")
    options = parser.parse_args()
    if options.folders < 1 or options.pictures < options.folders or options.folders > 9999:
        parser.error("at least one picture a folder, and 1 to 9999 folders")
    server = Server(Archive(options.pictures, options.folders))
    listener = socket.create_server((LOOPBACK, 0), backlog=128)
    print(listener.getsockname()[1], flush=True)
    threading.Thread(target=server.serve, args=(listener,), daemon=True).start()
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    with server.lock:
        told = {
            "verbs": server.verbs,
            "sent": server.sent,
            "first_listing": server.first_listing,
        }
        print(json.dumps(told), flush=True)
    return 0


if __name__ == "__main__":
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.pthread_sigmask(signal.SIG_BLOCK, {number})
    sys.exit(main())
