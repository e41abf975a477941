"""fetching: who may be asked, how long and how much, and what is said where there is no image.

The only host that is ever asked here is a server of our own on 127.0.0.1, by an allowance that no
command line can give.
"""

import dataclasses
import itertools
import os
import socket
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from exporter import files
from exporter.errors import MissingExtraError
from exporter.fetch import Allowance, Limits, Network, gather, opened
from exporter.fetch.fetcher import Fetcher
from exporter.fetch.store import DAY, DAYS, Store
from exporter.fetch.targets import is_public
from exporter.model import Missing, Note
from loopback import HOST, Loopback, loopback, picture

LIMITS = Limits(silence=2, request=2.5, image=10, pause=0.02, image_bytes=1 << 20)
NOTE = Note("image-missing", "a.png")


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


@pytest.fixture
def network(tmp_path: Path) -> Network:
    return Network(tmp_path, None, Allowance((HOST,)), LIMITS)


@pytest.mark.parametrize("path", ["/image", "/moved", "/chunked", "/packed", "/image?w=1#top"])
def test_an_image_is_fetched(path: str, server: Loopback, network: Network) -> None:
    found = Fetcher(network).get(server.url(path))
    assert (found.data, found.reason, found.url) == (picture(), "", server.url(path))
    assert found.came_from == (server.url("/image") if path == "/moved" else "")


def test_we_say_who_we_are_and_nothing_of_the_reader(server: Loopback, network: Network) -> None:
    assert Fetcher(network).get(server.url("/cookie")).data
    assert server.paths == ["/cookie", "/image-after"]
    sent = server.seen[1].headers
    assert sent.pop("User-Agent").startswith("article-exporter/")
    assert sent.pop("Host") == f"{HOST}:{server.port}"
    assert set(sent) == {"Accept", "Accept-Encoding", "Connection"}


def test_the_environment_s_proxy_is_not_asked(
    server: Loopback, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert Fetcher(network).get(server.url("/image")).data


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gone", "the server answers 404"),
        ("/html", "what was sent is no image"),
        ("/empty", "nothing was sent"),
        ("/round", "is redirected too often"),
        ("/inside", "127.0.0.2 is not on the public network (127.0.0.2)"),
        ("/metadata", "169.254.169.254 is not on the public network (169.254.169.254)"),
        ("/file", "is neither http nor https"),
        ("/nowhere", "is redirected to no valid address"),
        ("/told", "is larger than 1 MB"),
        ("/large", "is larger than 1 MB"),
        ("/bomb", "is larger than 1 MB"),
        ("/drip", "127.0.0.1 took too long"),
        ("/head", "127.0.0.1 took too long"),
        ("/silent", "127.0.0.1 took too long"),
        ("/cut", "127.0.0.1 gives no whole answer (RemoteProtocolError)"),
    ],
)
def test_what_can_t_be_had_is_told(
    path: str, reason: str, server: Loopback, network: Network
) -> None:
    began = time.monotonic()
    found = Fetcher(network).get(server.url(path))
    assert (found.data, found.reason) == (None, reason)
    assert time.monotonic() - began < LIMITS.image
    assert set(server.paths) == {path}
    assert len(server.paths) <= 6


def test_a_redirection_to_a_name_on_this_machine_is_refused(
    server: Loopback, network: Network
) -> None:
    closed = dataclasses.replace(network, allowance=Allowance((HOST, "::1")))
    assert Fetcher(closed).get(server.url("/local")).data == picture()  # the name leads there
    server.seen.clear()
    found = Fetcher(dataclasses.replace(network, allowance=Allowance())).get(
        f"http://localhost:{server.port}/image-2"
    )
    assert found.data is None
    assert found.reason.startswith("localhost is not on the public network (")
    assert server.seen == []


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/hostname", "is neither http nor https"),
        ("ftp://127.0.0.1/a.png", "is neither http nor https"),
        ("a.png", "is neither http nor https"),
        ("data:image/png;base64,AAAA", "is neither http nor https"),
        ("http://", "names no host"),
        ("http://[::1", "is no valid address"),
        ("http://me:secret@127.0.0.1/a.png", "carries a user name"),
        ("http://127.0.0.1:25/a.png", "port 25 is not the web's"),
        ("http://127.0.0.2/a.png", "127.0.0.2 is not on the public network (127.0.0.2)"),
        ("http://0x7f.2/a.png", "0x7f.2 is not on the public network (127.0.0.2)"),
        ("http://2130706434/a.png", "2130706434 is not on the public network (127.0.0.2)"),
        (
            "http://[::ffff:127.0.0.1]/a.png",
            "::ffff:127.0.0.1 is not on the public network (::ffff:127.0.0.1)",
        ),
    ],
)
def test_an_address_that_is_not_the_public_web_s_is_not_asked(
    url: str, reason: str, network: Network
) -> None:
    assert Fetcher(network).get(url).reason == reason


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "100.127.255.255", "0.0.0.0", "0.1.2.3", "224.0.0.1",  # noqa: S104
        "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.0.1", "192.0.2.1",
        "198.18.0.1", "203.0.113.1", "::", "::1", "::7f00:1", "::ffff:127.0.0.1",
        "::ffff:93.184.216.34", "64:ff9b::7f00:1", "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0",
        "fec0::1", "ff02::1", "2001:db8::1", "2001::1", "2002:7f00:1::1", "no address",
    ],
)  # fmt: skip
def test_addresses_that_are_nobody_s_public_machine(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "172.32.0.1", "100.128.0.1", "192.169.0.1", "2606:2800:220:1::1"]
)
def test_addresses_of_public_machines(address: str) -> None:
    assert is_public(address)


def test_an_address_is_asked_once_in_a_run(server: Loopback, network: Network) -> None:
    for path in ("/image", "/gone"):
        first, second = (Fetcher(network).get(server.url(path)) for _ in range(2))
        assert first == second
    assert server.paths == ["/image", "/gone"]


def test_two_that_want_one_image_at_once_get_one_answer(server: Loopback, network: Network) -> None:
    found = []
    threads = [
        Thread(target=lambda: found.append(Fetcher(network).get(server.url("/slow"))))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.data for one in found] == [picture()] * 3
    assert server.paths == ["/slow"]


def test_a_host_has_one_connection_at_a_time_and_a_pause_between_two(
    server: Loopback, network: Network
) -> None:
    polite = dataclasses.replace(network, limits=dataclasses.replace(LIMITS, pause=0.2, image=20))
    threads = [
        Thread(target=Fetcher(polite).get, args=(server.url(f"/image-{number}"),))
        for number in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seen = sorted(server.seen, key=lambda one: one.began)
    assert len(seen) == 4
    assert server.most_at_once == 1
    assert all(later.began - one.ended > 0.15 for one, later in itertools.pairwise(seen))


def test_who_waited_too_long_for_a_turn_does_not_answer_for_the_others(
    server: Loopback, network: Network
) -> None:
    hasty = dataclasses.replace(network, limits=dataclasses.replace(LIMITS, image=0.1))
    slow = Thread(target=Fetcher(network).get, args=(server.url("/slow"),))
    slow.start()
    while not server.seen:
        time.sleep(0.01)
    assert "too long" in Fetcher(hasty).get(server.url("/image")).reason
    slow.join()
    assert Fetcher(network).get(server.url("/image")).data == picture()


def test_a_host_that_asks_to_be_left_alone_is(server: Loopback, network: Network) -> None:
    assert Fetcher(network).get(server.url("/busy")).reason == "the server answers 429"
    assert "was left alone" in Fetcher(network).get(server.url("/image")).reason
    assert server.paths == ["/busy"]


def test_a_host_that_fails_three_times_is_left_alone(server: Loopback, network: Network) -> None:
    paths = ["/cut-1", "/cut-2", "/gone", "/cut-3", "/cut-4", "/cut-5", "/image"]
    reasons = [Fetcher(network).get(server.url(path)).reason for path in paths]
    assert server.paths == paths[:-1]
    assert reasons[-1] == "127.0.0.1 failed before and was left alone"


def test_a_server_is_asked_by_name_at_the_address_that_was_checked(network: Network) -> None:
    with socket.create_server((HOST, 0)) as listener:
        hello: list[bytes] = []

        def listen() -> None:
            connection, _ = listener.accept()
            with connection:
                hello.append(connection.recv(4096))

        thread = Thread(target=listen)
        thread.start()
        both = dataclasses.replace(network, allowance=Allowance((HOST, "::1")))
        found = Fetcher(both).get(f"https://localhost:{listener.getsockname()[1]}/a.png")
        thread.join()
    assert b"localhost" in hello[0]  # server name indication, RFC 6066 §3
    assert found.reason == "localhost can't be reached"


def missing(*addresses: str) -> Missing:
    return Missing(NOTE, addresses)


def test_of_an_image_s_addresses_the_first_good_one_is_enough(
    server: Loopback, network: Network
) -> None:
    wanted = [
        missing(*map(server.url, ("/gone", "/image", "/image-2"))),
        missing(*map(server.url, ("/gone-1", "/gone-2", "/gone-3", "/image-3"))),
    ]
    assert sum(one.data is not None for one in gather(wanted, network)) == 1
    assert server.paths == ["/gone", "/image", "/gone-1", "/gone-2", "/gone-3"]


def test_an_article_has_its_limits(server: Loopback, network: Network) -> None:
    few = dataclasses.replace(LIMITS, images=2)
    wanted = [missing(server.url(f"/image-{number}")) for number in range(3)]
    found = list(gather(wanted, dataclasses.replace(network, limits=few)))
    assert [one.reason for one in found] == ["", "", "the article shows more than 2 such images"]
    small = dataclasses.replace(LIMITS, article_bytes=len(picture()) + 1)
    found = list(gather(wanted, dataclasses.replace(network, limits=small)))
    assert [bool(one.data) for one in found] == [True, False, False]
    assert found[1].reason == "the images of this article are too large together"
    over = dataclasses.replace(LIMITS, article=-1)
    assert {one.reason for one in gather(wanted, dataclasses.replace(network, limits=over))} == {
        "fetching took too long"
    }
    assert server.paths == ["/image-0", "/image-1", "/image-2"]


def test_images_may_be_kept_for_later_runs(
    server: Loopback, network: Network, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    for number, paths in enumerate((["/image", "/gone"], ["/image", "/gone", "/gone"])):
        run = tmp_path / str(number)
        run.mkdir()
        later = dataclasses.replace(network, folder=run, kept=kept)
        for path in paths:
            assert bool(Fetcher(later).get(server.url(path)).data) == (path == "/image")
    assert server.paths == ["/image", "/gone", "/gone"]
    (file,) = kept.iterdir()
    if os.name == "posix":
        assert stat.S_IMODE(kept.stat().st_mode) == files.PRIVATE
    file.write_bytes(file.read_bytes()[:-1])
    assert Store(kept).find(server.url("/image")) is None
    Store(kept).tidy()
    assert file.exists()
    long_ago = time.time() - (DAYS + 1) * DAY
    os.utime(file, (long_ago, long_ago))
    Store(kept).tidy()
    assert not file.exists()


def test_without_httpx_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)  # what an import finds
    with pytest.raises(MissingExtraError, match="httpx") as raised, opened():
        pass
    assert "[fetch]" in raised.value.remedy
    assert raised.value.exit_code == 7
