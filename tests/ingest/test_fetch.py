"""Pages by their address: what is fetched, what is refused, and what a bad site costs."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from docs_store.store import DocumentStore
from ingest import fetch as module
from ingest.errors import EmptyFile, FileTooLarge
from ingest.fetch import UrlNotFetched, UrlRefused, check_url, fetch
from ingest.folders import find_files, path_or_url, shown_place
from ingest.limits import MIB, Limits
from ingest.mirror import gone_documents, plan_paths
from ingest.pipeline import ingest_paths
from ingest.settings import IngestSettings

PRIVATE = Limits(allow_private_urls=True, bytes_max=MIB)
PAGE = "<html><body><h1>Agenda Desa Rimba</h1><p>Rapat warga dibuka pukul {hour}.</p></body></html>"


class Site(ThreadingHTTPServer):
    daemon_threads = True
    hour = "delapan"
    asked: list[tuple[str, str]]


class Answers(BaseHTTPRequestHandler):
    server: Site

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, body: bytes, kind: str = "text/html", status: int = 200, **more: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["Host"]))
        path = self.path
        if path == "/agenda":
            self._answer(PAGE.format(hour=self.server.hour).encode())
        elif path == "/pindah":
            self._answer(b"", status=302, Location="/agenda")
        elif path == "/putar":
            self._answer(b"", status=302, Location="/putar")
        elif path == "/keluar":
            self._answer(b"", status=302, Location="file:///etc/hostname")
        elif path == "/padat":
            self._answer(gzip.compress(b"isi padat"), "text/plain", Content_Encoding="gzip")
        elif path == "/bom":
            self._answer(gzip.compress(b" " * (8 * MIB)), Content_Encoding="gzip")
        elif path == "/besar":
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):
                for _ in range(64):
                    self.wfile.write(b" " * 2**16)
        elif path == "/terpotong":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"awal")
        elif path == "/lambat":
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):  # cut off by the other side
                for _ in range(100):
                    self.wfile.write(b"x")
                    time.sleep(0.1)
        elif path == "/kosong":
            self._answer(b"")
        elif path == "/tabel?tahun=2024":
            self._answer(b"Nama;Nilai\nAir;5\n", "text/csv")
        else:
            self._answer(b"tidak ada", status=404)


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site(("127.0.0.1", 0), Answers)
    server.asked = []
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def _url(site: Site, path: str) -> str:
    return f"http://127.0.0.1:{site.server_address[1]}{path}"


@pytest.mark.loopback
def test_a_page_is_fetched_once_with_its_host(site: Site) -> None:
    page = fetch(_url(site, "/agenda"), PRIVATE)
    assert page.content == PAGE.format(hour="delapan").encode()
    assert page.name == "agenda.html"
    assert site.asked == [("/agenda", f"127.0.0.1:{site.server_address[1]}")]
    assert fetch(_url(site, "/pindah"), PRIVATE).content == page.content
    assert fetch(_url(site, "/padat"), PRIVATE).content == b"isi padat"
    assert fetch(_url(site, "/tabel?tahun=2024"), PRIVATE).name == "tabel.csv"


@pytest.mark.loopback
@pytest.mark.parametrize(
    ("path", "error", "words"),
    [
        ("/hilang", UrlNotFetched, "HTTP 404"),
        ("/putar", UrlNotFetched, "5 redirects"),
        ("/keluar", UrlRefused, "only http and https"),
        ("/bom", FileTooLarge, "INGEST_BYTES_MAX"),
        ("/besar", FileTooLarge, "INGEST_BYTES_MAX"),
        ("/terpotong", UrlNotFetched, "IncompleteRead"),
        ("/kosong", EmptyFile, "empty"),
    ],
)
def test_what_a_bad_site_costs(site: Site, path: str, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        fetch(_url(site, path), PRIVATE)


@pytest.mark.loopback
def test_a_site_that_drips_is_cut_off(site: Site) -> None:
    began = time.monotonic()
    with pytest.raises(UrlNotFetched, match="in time"):
        fetch(_url(site, "/lambat"), PRIVATE, timeout_s=0.4)
    assert time.monotonic() - began < 3


@pytest.mark.loopback
def test_the_own_network_is_refused_unless_allowed(site: Site) -> None:
    with pytest.raises(UrlRefused, match="INGEST_ALLOW_PRIVATE_URLS=1"):
        fetch(_url(site, "/agenda"), replace(PRIVATE, allow_private_urls=False))
    assert site.asked == []


@pytest.mark.loopback
def test_a_redirect_into_the_own_network_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first address counts as public here; the page behind the redirect does not."""
    seen: list[object] = []

    def is_public(address: object) -> bool:
        seen.append(address)
        return len(seen) == 1

    monkeypatch.setattr(module, "_is_public", is_public)
    with pytest.raises(UrlRefused, match="own network"):
        fetch(_url(site, "/pindah"), replace(PRIVATE, allow_private_urls=False))
    assert [path for path, _ in site.asked] == ["/pindah"]


def test_a_name_with_one_private_address_is_refused_and_resolved_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int, **_: object) -> list[object]:
        asked.append(host)
        return [(2, 1, 6, "", (address, port)) for address in ("93.184.216.34", "10.0.0.7")]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(UrlRefused, match="own network"):
        fetch("http://ganda.contoh.id/", Limits())
    assert asked == ["ganda.contoh.id"]


def test_the_connection_goes_to_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connected: list[object] = []
    public = [(2, 1, 6, "", ("93.184.216.34", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: public)

    def connect(address: object, **_: object) -> None:
        connected.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(UrlNotFetched, match="Connection refused"):
        fetch("https://satu.contoh.id/berita", Limits())
    assert connected == [("93.184.216.34", 443)]


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1"),
        *("::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:0:7f00:1::"),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not module._is_public(ipaddress.ip_address(address))


def test_addresses_that_are_public() -> None:
    for address in ("103.28.12.1", "2400:cb00:2048::1", "::ffff:8.8.8.8"):
        assert module._is_public(ipaddress.ip_address(address))


def test_one_spelling_of_an_address() -> None:
    assert check_url("HTTPS://Contoh.GO.id:443/a?x=1#isi") == "https://contoh.go.id/a?x=1"
    assert check_url("http://contoh.go.id") == "http://contoh.go.id/"


@pytest.mark.parametrize(
    "url",
    ["ftp://contoh.id/a", "http://", "http://a:99999/", "http://a\x00b/", "file:///etc/passwd"],
)
def test_addresses_that_are_refused(url: str) -> None:
    with pytest.raises(UrlRefused):
        check_url(url)


def test_a_password_in_an_address_is_refused_and_shown_nowhere() -> None:
    (found,) = find_files(["https://budi:rahasia@contoh.id/a"])
    assert isinstance(found.error, UrlRefused)
    assert "rahasia" not in f"{found.source} {found.error}"
    assert shown_place("https://budi:rahasia@contoh.id/a") == "https://contoh.id/a"


def test_a_command_keeps_the_slashes_of_an_address() -> None:
    assert path_or_url("https://contoh.id/a") == "https://contoh.id/a"
    assert path_or_url("arsip/a.pdf") == Path("arsip/a.pdf")


@pytest.mark.loopback
def test_a_changed_page_is_a_new_version_and_prune_keeps_it(
    site: Site, store: DocumentStore, tmp_path: Path
) -> None:
    url = _url(site, "/agenda")
    settings = IngestSettings(allow_private_urls=True)

    def ingested() -> list[tuple[str, str]]:
        report = ingest_paths(store, [tmp_path, url], settings)
        return [(line.source, line.status) for line in report.documents if line.source == url]

    assert ingested() == [(url, "added")]
    assert ingested() == [(url, "unchanged")]
    site.hour = "sembilan"
    assert plan_paths(store, [url], settings).documents[0].status == "replaced"
    assert ingested() == [(url, "replaced")]
    document = store.document_by_source(url)
    assert "sembilan" in store.text(document.document_id, document.version)
    original = store.original(document.document_id, document.version)
    assert original.read_bytes() == PAGE.format(hour="sembilan").encode()
    assert gone_documents(store, [tmp_path, url]) == []
    refused = ingest_paths(store, [url], IngestSettings()).documents[0]
    assert "INGEST_ALLOW_PRIVATE_URLS=1" in str(refused.reason)
