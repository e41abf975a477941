"""A store like S3 on the loopback interface, and a folder of pages to put there."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import boto3
from PIL import Image

HOST: Final = "127.0.0.1"
PATIENCE: Final = 30.0  # seconds until the server answers
SENTENCE: Final = "It rained on the harbour, and the boats came in, one by one, before the night."


@dataclass(frozen=True)
class Bucket:
    """A bucket of the server, and how a command finds it."""

    name: str
    endpoint: str
    client: Any

    @property
    def environment(self) -> Mapping[str, str]:
        return os.environ | {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": "reader",
            "AWS_SECRET_ACCESS_KEY": "a-secret-word",
            "AWS_DEFAULT_REGION": "us-east-1",
        }

    def put(self, folder: Path, under: str) -> None:
        for path in folder.rglob("*"):
            if path.is_file():
                key = f"{under}/{path.relative_to(folder).as_posix()}"
                self.client.put_object(Bucket=self.name, Key=key, Body=path.read_bytes())

    def get(self, under: str) -> dict[str, bytes]:
        found = self.client.list_objects_v2(Bucket=self.name, Prefix=f"{under}/")
        return {
            one["Key"].removeprefix(f"{under}/"): self.client.get_object(
                Bucket=self.name, Key=one["Key"]
            )["Body"].read()
            for one in found.get("Contents", ())
        }

    def run(self, *arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
        with self.begin(*arguments, cwd=cwd) as command:
            printed, said = command.communicate(timeout=120)
        return subprocess.CompletedProcess(command.args, command.returncode, printed, said)

    def begin(self, *arguments: str, cwd: Path) -> "subprocess.Popen[str]":
        """Start a command with a cache of its own; whoever calls awaits its end."""
        return subprocess.Popen(
            [sys.executable, "-m", "exporter", *arguments],
            cwd=cwd,
            env=dict(self.environment) | {"XDG_CACHE_HOME": str(cwd / "cache")},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


@contextmanager
def serving() -> Iterator[str]:
    """Give the address of a server that ends with the block."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", HOST, "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _await(port, server)
            yield f"http://{HOST}:{port}"
        finally:
            server.kill()


def _await(port: int, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection((HOST, port), 1).close()
        except OSError:
            if time.monotonic() > end or server.poll() is not None:
                raise
            time.sleep(0.05)
        else:
            return


def bucket(endpoint: str, name: str) -> Bucket:
    """Make a bucket on a server."""
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        aws_access_key_id="reader",
        aws_secret_access_key="a-secret-word",  # noqa: S106  (of a server of ours)
        region_name="us-east-1",
    )
    client.create_bucket(Bucket=name)
    return Bucket(name, endpoint, client)


def page(title: str, picture: str) -> str:
    prose = "".join(f"<p>{SENTENCE} {title} {number}.</p>" for number in range(15))
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{prose}"
        f'<figure><img src="{picture}"><figcaption>Photo: {title}</figcaption></figure>'
        "</article></body></html>"
    )


def pages(folder: Path) -> Path:
    """Make a folder of pages whose pictures lie where browsers and mirrors put them."""
    below = folder / "été à Brest"
    (below / "Une page_files").mkdir(parents=True)
    (folder / "images").mkdir()
    (below / "Une page.html").write_text(page("Une page", "./Une%20page_files/a%20b.png"), "utf-8")
    (folder / "rain.html").write_text(page("Rain", "images/rain.png"), "utf-8")
    (folder / "notes.md").write_text(f"# Notes\n\n{SENTENCE}\n\n{SENTENCE}\n", "utf-8")
    for side, place in enumerate((below / "Une page_files/a b.png", folder / "images/rain.png")):
        Image.radial_gradient("L").resize((300 + side, 200)).convert("RGB").save(place)
    return folder
