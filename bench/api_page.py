"""The page in a real browser: seconds until its syncs are there, and until a sync's reports are."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import urllib.request

import api_setup
import servers

BOUND_SECONDS = 30
LOOK_SECONDS = 0.02


class Browser:
    """Debian's chromium, headless, over its driver's own protocol."""

    def __enter__(self):
        port = servers.free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.driver = subprocess.Popen(
            ["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        options = {"args": ["--headless=new", "--no-sandbox", "--disable-gpu"],
                   "binary": shutil.which("chromium")}
        wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
        end = time.monotonic() + BOUND_SECONDS
        while True:
            try:
                self.session = self.ask("POST", "/session", wanted)["sessionId"]
                return self
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(LOOK_SECONDS)

    def __exit__(self, *failure):
        try:
            self.ask("DELETE", f"/session/{self.session}")
        finally:
            self.driver.terminate()
            self.driver.wait()

    def ask(self, method, path, body=None):
        request = urllib.request.Request(
            self.address + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=BOUND_SECONDS) as answer:
            return json.load(answer)["value"]

    def seconds(self, address, rows):
        """Until the page of that address shows at least so many rows."""
        self.ask("POST", f"/session/{self.session}/url", {"url": "about:blank"})
        began = time.perf_counter()
        self.ask("POST", f"/session/{self.session}/url", {"url": address})
        script = {"script": "return document.querySelectorAll('tbody tr').length", "args": []}
        while self.ask("POST", f"/session/{self.session}/execute/sync", script) < rows:
            if time.perf_counter() - began > BOUND_SECONDS:
                raise SystemExit(f"{address} shows no {rows} rows")
            time.sleep(LOOK_SECONDS)
        return time.perf_counter() - began


def opened(port, syncs, times):
    """Lines that tell how long both views took, opened anew each time."""
    views = {"all syncs": ("", syncs), "a sync and its reports": ("#/sync/sync050", 5)}
    with Browser() as browser:
        return [
            f"the page, {name}: " + ", ".join(
                f"{browser.seconds(f'http://127.0.0.1:{port}/{place}', rows):.2f} s" for _ in range(times))
            for name, (place, rows) in views.items()
        ]
