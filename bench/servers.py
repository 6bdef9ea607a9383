"""The vsftpd and OpenSSH servers, the delay proxies in front of them, and where a tool finds an archive."""

from __future__ import annotations

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


@dataclasses.dataclass(frozen=True)
class Sftp:
    """An archive on an SFTP server; the path is relative to the login folder."""

    port: int
    path: str
    login: Login

    @property
    def absolute(self):
        return self.login.folder / self.path


@dataclasses.dataclass(frozen=True)
class FtpServer:
    """A vsftpd at work; root is its login folder."""

    port: int
    root: pathlib.Path


@dataclasses.dataclass(frozen=True)
class SftpServer:
    """An sshd at work."""

    port: int
    login: Login


@dataclasses.dataclass(frozen=True)
class Login:
    """How to log in to an SFTP server."""

    user: str
    folder: pathlib.Path
    key: pathlib.Path
    known_hosts: pathlib.Path


def sshd():
    """Finds the server's program, installed or unpacked by .ci/daemons."""
    unpacked = pathlib.Path(__file__).resolve().parent.parent / ".daemons/usr/sbin"
    return shutil.which(
        "sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin:{unpacked}"
    )


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
    """Runs one vsftpd below the folder; answers the FtpServer.

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
        yield FtpServer(port, root)
    finally:
        stop(process)


@contextlib.contextmanager
def sftp_server(folder, root):
    """Runs one sshd below the folder, as the user that owns the pictures; answers the SftpServer.

    Its own port, host key and user key; nothing of the machine's ssh is touched.
    """
    folder.mkdir(parents=True)
    account = pwd.getpwnam(FTP_USER) if os.geteuid() == 0 else pwd.getpwuid(os.getuid())
    for name in ("host", "user"):
        key = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(key, check=True)
    port = free_port()
    known_hosts = folder / "known_hosts"
    known_hosts.write_text(f"[127.0.0.1]:{port} {(folder / 'host.pub').read_text()}")
    configuration = folder / "sshd_config"
    configuration.write_text(
        f"""\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
PidFile none
StrictModes no
UsePAM no
UseDNS no
PasswordAuthentication no
KbdInteractiveAuthentication no
MaxStartups 200
Subsystem sftp internal-sftp -d {root}
ForceCommand internal-sftp -d {root}
"""
    )
    command = [sshd(), "-D", "-e", "-f", str(configuration)]
    if os.geteuid() == 0:
        os.chown(folder / "host", account.pw_uid, account.pw_gid)
        user, group = f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}"
        command = ["setpriv", user, group, "--clear-groups", *command]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=(folder / "log").open("w"),
        start_new_session=True,
    )
    try:
        wait_for_greeting(process, port, folder / "log")
        login = Login(account.pw_name, root, folder / "user", known_hosts)
        yield SftpServer(port, login)
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


def wait_for_greeting(process, port, log):
    """Returns once the SSH server greets."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        if process.poll() is not None:
            raise SystemExit(f"sshd ended while starting: {log.read_text().strip()}")
        try:
            with socket.create_connection(("127.0.0.1", port), START_SECONDS) as client:
                if client.recv(8) == b"SSH-2.0-":
                    return
        except OSError:
            pass
        if time.monotonic() > deadline:
            raise SystemExit(f"sshd on port {port} does not greet: {log.read_text().strip()}")
        time.sleep(0.05)


def stop(process):
    """Ends a process this benchmark has started, by its id."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()
