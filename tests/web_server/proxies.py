"""nginx and Caddy as `deploy/` configures them, with other ports and a certificate of the test's own."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
from typing import NamedTuple

import pytest

from tests.iaec_site.backup.sites import ROOT
from tests.survival.breakable import free_port, wait_until

NAMES = "www.example.org", "example.org"
AROUND = """
{user}
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""
GLOBAL = "{{\n admin off\n http_port {http}\n https_port {https}\n default_bind 127.0.0.1\n skip_install_trust\n}}\n"


class Running(NamedTuple):
    """Where a proxy listens."""

    http: int
    https: int


def replaced(text, changes):
    """Each pattern has to be there, so that the file cannot change behind the test's back."""
    for pattern, by in changes:
        text, count = re.subn(pattern, by, text, flags=re.MULTILINE)
        assert count, pattern
    return text


@contextlib.contextmanager
def nginx(folder, authority, site_port):
    program = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if program is None:
        pytest.skip("nginx is missing: apt-get install nginx")
    http, https = free_port(), free_port()
    certificate, key = authority.certificate(*NAMES)
    changes = [
        (r"^ +listen \[::\].*\n", ""),
        (r"listen 80\b", f"listen 127.0.0.1:{http}"),
        (r"listen 443\b", f"listen 127.0.0.1:{https}"),
        (r"server 127\.0\.0\.1:8000;", f"server 127.0.0.1:{site_port};"),
        (r"/etc/letsencrypt/live/www\.example\.org/fullchain\.pem", str(certificate)),
        (r"/etc/letsencrypt/live/www\.example\.org/privkey\.pem", str(key)),
        (r"/var/log/nginx/iaec-error\.log", f"{folder}/iaec-error.log"),
    ]
    (folder / "site.conf").write_text(replaced((ROOT / "deploy/nginx.conf").read_text(), changes))
    user = "user root;" if os.geteuid() == 0 else ""  # others may not enter the test's folder
    (folder / "nginx.conf").write_text(AROUND.format(user=user, folder=folder))
    with running([program, "-c", str(folder / "nginx.conf")], folder, https):
        yield Running(http, https)


@contextlib.contextmanager
def caddy(folder, authority, site_port):
    program = shutil.which("caddy")
    if program is None:
        pytest.skip("Caddy is missing: apt-get install caddy")
    http, https = free_port(), free_port()
    certificate, key = authority.certificate(*NAMES)
    changes = [
        (r"^((?:www\.)?example\.org) \{", rf"\1 {{\n\ttls {certificate} {key}"),
        (r"reverse_proxy 127\.0\.0\.1:8000", f"reverse_proxy 127.0.0.1:{site_port}"),
    ]
    text = GLOBAL.format(http=http, https=https) + replaced((ROOT / "deploy/Caddyfile").read_text(), changes)
    (folder / "Caddyfile").write_text(text)
    command = [program, "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    with running(command, folder, https):
        yield Running(http, https)


@contextlib.contextmanager
def running(command, folder, port):
    environment = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "proxy.log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait_until(lambda: process.poll() is not None or listens(port), "the proxy")
        assert process.poll() is None, (folder / "proxy.log").read_text()
        yield
    finally:
        process.terminate()
        process.wait(30)


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
