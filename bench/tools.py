"""How each tool is asked to do a work, and how its answer is judged."""

import dataclasses
import functools
import os
import shlex
import subprocess

import servers

USER = "anonymous"
PASSWORD = "bench"
LISTINGS_AT_ONCE = 8


@dataclasses.dataclass(frozen=True)
class Command:
    arguments: list
    environment: dict


class Picsync:
    name = "picsync"

    def __init__(self, program):
        self.program = program

    def command(self, work, source, destination, scratch):
        order = "check" if work.check else "sync"
        arguments = [str(self.program), order, self.place(source), self.place(destination)]
        if not work.check:
            arguments += ["--connections", str(work.connections)]
            arguments += ["--reports", str(scratch / "reports")]
        environment = self.login("SOURCE", source) | self.login("DESTINATION", destination)
        return Command(arguments, environment)

    def login(self, side, archive):
        if isinstance(archive, servers.Sftp):
            return {
                f"PICSYNC_{side}_PRIVATE_KEY": str(archive.login.key),
                f"PICSYNC_{side}_KNOWN_HOSTS": str(archive.login.known_hosts),
            }
        return {f"PICSYNC_{side}_PASSWORD": PASSWORD}

    def place(self, archive):
        if isinstance(archive, servers.Folder):
            return str(archive.path)
        if isinstance(archive, servers.Sftp):
            return f"sftp://{archive.login.user}@127.0.0.1:{archive.port}/{archive.path}"
        return f"ftp://{USER}@127.0.0.1:{archive.port}/{archive.path}"

    def problem(self, work, exit_code, output, errors):
        expected = 1 if work.check and work.missing else 0
        if exit_code != expected:
            return f"exit code {exit_code} instead of {expected}"
        if work.check and str(work.missing) not in output.replace(",", ""):
            return f"does not tell {work.missing} missing pictures"
        return None


class Lftp:
    name = "lftp"
    settings = "set cmd:fail-exit yes; set ftp:use-fxp no; set ftp:ssl-allow no"

    def command(self, work, source, destination, scratch):
        options = f"--parallel={work.connections} --no-perms"
        if work.check:
            options += " --dry-run"
        mirror = f"mirror {options} {self.place(source)} {self.place(destination)}"
        script = "; ".join([self.settings, *self.ssh(source, destination), mirror])
        return Command(["lftp", "--norc", "-c", script], {"LFTP_HOME": str(scratch)})

    def ssh(self, *archives):
        """The ssh that lftp starts; it knows both servers' keys and hosts."""
        logins = [archive.login for archive in archives if isinstance(archive, servers.Sftp)]
        if not logins:
            return []
        keys = " ".join(f"-i {login.key}" for login in logins)
        hosts = " ".join(str(login.known_hosts) for login in logins)
        program = f"ssh -a -x {keys} -o 'UserKnownHostsFile {hosts}'"
        return [f'set sftp:connect-program "{program}"']

    def place(self, archive):
        if isinstance(archive, servers.Folder):
            return shlex.quote(f"file:{archive.path}")
        if isinstance(archive, servers.Sftp):
            return f"sftp://{archive.login.user}:@127.0.0.1:{archive.port}{archive.absolute}"
        return f"ftp://{USER}:{PASSWORD}@127.0.0.1:{archive.port}/{archive.path}"

    def problem(self, work, exit_code, output, errors):
        if exit_code != 0:
            return f"exit code {exit_code} instead of 0"
        if work.check:
            told = sum(line.startswith("get ") for line in output.splitlines())
            if told != work.missing:
                return f"tells {told} missing pictures instead of {work.missing}"
        return None


class Rclone:
    name = "rclone"

    def command(self, work, source, destination, scratch):
        if work.check:
            arguments = ["rclone", "check", "--size-only"]
        elif work.missing:
            arguments = ["rclone", "copy", f"--transfers={work.connections}"]
        else:
            arguments = ["rclone", "copy", "--size-only"]
        arguments += [
            f"--checkers={LISTINGS_AT_ONCE}",
            self.place("source", source),
            self.place("destination", destination),
        ]
        configuration = scratch / "rclone.conf"
        configuration.touch()
        environment = {"RCLONE_CONFIG": str(configuration)}
        environment |= self.remote("source", source)
        environment |= self.remote("destination", destination)
        return Command(arguments, environment)

    def place(self, side, archive):
        if isinstance(archive, servers.Folder):
            return str(archive.path)
        path = archive.absolute if isinstance(archive, servers.Sftp) else archive.path
        return f"{side}:{path}"

    def remote(self, side, archive):
        if isinstance(archive, servers.Folder):
            return {}
        prefix = f"RCLONE_CONFIG_{side.upper()}_"
        if isinstance(archive, servers.Sftp):
            return {
                prefix + "TYPE": "sftp",
                prefix + "HOST": "127.0.0.1",
                prefix + "PORT": str(archive.port),
                prefix + "USER": archive.login.user,
                prefix + "KEY_FILE": str(archive.login.key),
                prefix + "KNOWN_HOSTS_FILE": str(archive.login.known_hosts),
                prefix + "DISABLE_HASHCHECK": "true",
            }
        return {
            prefix + "TYPE": "ftp",
            prefix + "HOST": "127.0.0.1",
            prefix + "PORT": str(archive.port),
            prefix + "USER": USER,
            prefix + "PASS": self.obscured_password,
        }

    @functools.cached_property
    def obscured_password(self):
        """The password as rclone wants it written: it refuses a plain one."""
        return subprocess.check_output(["rclone", "obscure", PASSWORD], text=True).strip()

    def problem(self, work, exit_code, output, errors):
        expected = 1 if work.check and work.missing else 0
        if exit_code != expected:
            return f"exit code {exit_code} instead of {expected}"
        if work.check and f" {work.missing} differences found" not in errors:
            return f"does not tell {work.missing} differences"
        return None


def tools(picsync_program):
    return {tool.name: tool for tool in (Picsync(picsync_program), Lftp(), Rclone())}


def environment(command, scratch):
    """The command's environment: no settings of the user's reach a measured tool."""
    return {**os.environ, "HOME": str(scratch), "LC_ALL": "C.UTF-8", **command.environment}
