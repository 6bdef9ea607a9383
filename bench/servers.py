"""The two vsftpd servers, the delay proxies in front of them, and where a tool finds an archive."""

import contextlib
import dataclasses
import ftplib
import json
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import sys
import time

START_SECONDS = 10
STOP_SECONDS = 10
FTP_USER = "ftp"

CONFIGURATION = """\
listen=YES
listen_address=127.0.0.1
listen_port={port}
background=NO
run_as_launching_user={launching_user}
seccomp_sandbox=NO
session_support=NO
secure_chroot_dir={empty}
local_enable=NO
anonymous_enable=YES
no_anon_password=YES
ftp_username={user}
anon_root={root}
anon_umask=022
anon_max_rate=0
anon_world_readable_only=NO
write_enable=YES
anon_upload_enable=YES
anon_mkdir_write_enable=YES
anon_other_write_enable=YES
mdtm_write=YES
max_clients=0
max_per_ip=0
xferlog_enable=NO
dirmessage_enable=NO
"""


@dataclasses.dataclass(frozen=True)
class Folder:
    """An archive in a local folder."""

    path: pathlib.Path


@dataclasses.dataclass(frozen=True)
class Ftp:
    """An archive on a server; the path is relative to the login folder."""

    port: int
    path: str


def vsftpd():
    """Finds the server's program; Debian keeps it outside an ordinary user's PATH."""
    return shutil.which("vsftpd", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


def give_to_server(folder):
    """Lets the server write into a folder: run as root, it works as its own user."""
    if os.geteuid() == 0:
        account = pwd.getpwnam(FTP_USER)
        os.chown(folder, account.pw_uid, account.pw_gid)


@contextlib.contextmanager
def server(folder):
    """Runs one vsftpd below the folder; answers its port and the login folder.

    vsftpd refuses an anonymous login folder that its user may write to: only folders in it are
    given to the server.
    """
    root = folder / "root"
    root.mkdir(parents=True)
    empty = folder / "empty"
    empty.mkdir()
    port = free_port()
    configuration = folder / "vsftpd.conf"
    configuration.write_text(
        CONFIGURATION.format(
            port=port,
            root=root,
            empty=empty,
            user=FTP_USER,
            launching_user="NO" if os.geteuid() == 0 else "YES",
        )
    )
    process = subprocess.Popen(
        [vsftpd(), str(configuration)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        wait_for_login(process, port)
        yield port, root
    finally:
        stop(process)


@contextlib.contextmanager
def delay_proxy(server_port, round_trip_ms):
    """Runs a delay proxy; answers its port, and after the block what it counted."""
    process = subprocess.Popen(
        [
            sys.executable,
            str(pathlib.Path(__file__).with_name("delay_proxy.py")),
            f"--server={server_port}",
            f"--round-trip-ms={round_trip_ms}",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    counts = {}
    try:
        yield int(process.stdout.readline()), counts
    finally:
        process.terminate()
        try:
            printed = process.communicate(timeout=STOP_SECONDS)[0]
            counts.update(json.loads(printed or "{}"))
        except subprocess.TimeoutExpired:
            stop(process)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def wait_for_login(process, port):
    """Returns once the server lets an anonymous user in."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        if process.poll() is not None:
            raise SystemExit(f"vsftpd ended while starting: {process.stdout.read().strip()}")
        try:
            with ftplib.FTP(timeout=START_SECONDS) as client:
                client.connect("127.0.0.1", port)
                client.login()
                return
        except (OSError, EOFError, ftplib.Error) as error:
            if time.monotonic() > deadline:
                raise SystemExit(f"vsftpd on port {port} lets nobody in: {error}") from error
            time.sleep(0.05)


def stop(process):
    """Ends a process this benchmark has started, by its id."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()
