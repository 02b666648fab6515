"""Fetches one page or file that a person named by its address (``https://…``), under caps.

A name is resolved once; each of its addresses is checked, and the connection goes to a checked
address, so that a name which changes its mind (DNS rebinding) cannot lead into the office's own
network. Redirects are followed few times and checked the same way. Proxies are not used.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from ingest.errors import EmptyFile, IngestError
from ingest.limits import Limits

REDIRECTS_MAX = 5
TIMEOUT_S = 60.0
"""For one address with its redirects, from the first byte asked to the last received."""
_SILENCE_S = 15.0
_CHUNK = 2**16
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/csv": ".csv",
    "text/markdown": ".md",
    "message/rfc822": ".eml",
}
_HEADERS = {"User-Agent": "tanya-daerah", "Accept": "*/*", "Accept-Encoding": "gzip, identity"}


class UrlRefused(IngestError):
    """The address is of a kind that is not fetched."""

    indonesian = "Alamat web ini ditolak: {why_id}."
    english = "This web address is refused: {why_en}."


class UrlNotFetched(IngestError):
    """The page could not be fetched."""

    indonesian = "Halaman web tidak dapat diambil: {why_id}."
    english = "The web page could not be fetched: {why_en}."


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """What was fetched: its bytes, and a file name that helps where bytes leave the type open."""

    content: bytes
    name: str


@dataclass(frozen=True, slots=True)
class _Answer:
    content: bytes
    media_type: str
    redirect: str | None


def is_url(text: str) -> bool:
    """Whether a command's argument is an address and no path."""
    return _SCHEME.match(text) is not None


def without_password(url: str) -> str:
    """An address as it may be shown and kept: without a user name and password."""
    return re.sub(r"(?<=://)[^/?#]*@", "", url)


def check_url(url: str) -> str:
    """One spelling of an address, its fragment left out.

    Raises UrlRefused: not http(s), a user name or password in it, or no valid host or port.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except (ValueError, UnicodeError):
        _refuse("alamatnya tidak sah", "it is no valid address")
    if parts.scheme.lower() not in {"http", "https"}:
        _refuse("hanya http dan https yang diambil", "only http and https are fetched")
    if parts.username is not None or parts.password is not None:
        _refuse(
            "ada nama pengguna atau kata sandi di dalamnya; hapus bagian sebelum tanda @",
            "it holds a user name or password; remove the part before the @",
        )
    if not host or re.search(r"[\x00-\x20\x7f]", url.strip()):
        _refuse("alamatnya tidak sah", "it is no valid address")
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != _default_port(parts.scheme):
        netloc += f":{port}"
    safe = "/%:@!$&'()*+,;=~"
    path, query = quote(parts.path or "/", safe), quote(parts.query, safe + "?")
    return urlunsplit((parts.scheme.lower(), netloc, path, query, ""))


def fetch(url: str, limits: Limits, timeout_s: float = TIMEOUT_S) -> FetchedPage:
    """What stands at an address.

    Args:
        url: http or https.
        limits: ``bytes_max`` caps the download, ``allow_private_urls`` allows the own network.
        timeout_s: for the whole of it.

    Raises:
        UrlRefused, UrlNotFetched, FileTooLarge, EmptyFile
    """
    end = time.monotonic() + timeout_s
    address = check_url(url)
    for _ in range(REDIRECTS_MAX + 1):
        answer = _ask(address, limits, end)
        if answer.redirect is None:
            if not answer.content:
                raise EmptyFile
            return FetchedPage(answer.content, _name(url, answer.media_type))
        address = check_url(urljoin(address, answer.redirect))
    raise UrlNotFetched(
        why_id=f"lebih dari {REDIRECTS_MAX} pengalihan", why_en=f"over {REDIRECTS_MAX} redirects"
    )


def _ask(url: str, limits: Limits, end: float) -> _Answer:
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        with closing(_connect(host, parts.port or _default_port(parts.scheme), limits, end)) as raw:
            secure = parts.scheme == "https"
            stream = _secured(raw, host) if secure else raw
            with closing(stream), _Deadline(stream, end):
                if isinstance(stream, ssl.SSLSocket):
                    stream.do_handshake()
                answer = _exchange(stream, parts.netloc, url, limits)
            if time.monotonic() >= end:
                raise TimeoutError  # a body without a declared length ends where it was cut off
            return answer
    except ssl.SSLCertVerificationError as error:
        why = error.verify_message
        raise UrlNotFetched(
            why_id=f"sertifikat situs tidak dapat dipercaya ({why}); unduh lewat peramban, lalu "
            "ingest berkasnya",
            why_en=f"the site's certificate cannot be trusted ({why}); download it with a browser "
            "and ingest the file",
        ) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        if time.monotonic() >= end or isinstance(error, TimeoutError):
            raise UrlNotFetched(
                why_id="situs tidak menjawab pada waktunya; coba lagi nanti",
                why_en="the site did not answer in time; try again later",
            ) from error
        why = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
        raise UrlNotFetched(
            why_id=f"sambungan ke {host} gagal ({why}); periksa jaringan dan alamatnya",
            why_en=f"the connection to {host} failed ({why}); check the network and the address",
        ) from error


def _connect(host: str, port: int, limits: Limits, end: float) -> socket.socket:
    """A connection to a checked address; what is checked is what is connected to."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    if not limits.allow_private_urls and not all(map(_is_public, addresses)):
        _refuse(
            "alamatnya di jaringan sendiri; setel INGEST_ALLOW_PRIVATE_URLS=1 bila memang perlu",
            "it lies in the own network; set INGEST_ALLOW_PRIVATE_URLS=1 if that is meant",
        )
    failure: OSError = OSError("no address")
    for address in dict.fromkeys(addresses):
        left = min(_SILENCE_S, end - time.monotonic())
        if left <= 0:
            raise TimeoutError
        try:
            return socket.create_connection((str(address), port), timeout=left)
        except OSError as error:
            failure = error
    raise failure


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address, and an IPv4 address wrapped in it, is of the open internet."""
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            wrapped.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        inner = [one for one in wrapped if one is not None]
        if inner:
            return all(map(_is_public, inner))
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast


def _secured(raw: socket.socket, host: str) -> ssl.SSLSocket:
    context = ssl.create_default_context()
    return context.wrap_socket(raw, server_hostname=host, do_handshake_on_connect=False)


class _Deadline:
    """Cuts a connection off at a moment, since a site may send one byte now and then."""

    def __init__(self, stream: socket.socket, end: float) -> None:
        self._stream = stream
        self._timer = threading.Timer(max(0.0, end - time.monotonic()), self._cut)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _cut(self) -> None:
        with suppress(OSError):
            # Not SSLSocket's own, which takes its state away from the thread that reads.
            socket.socket.shutdown(self._stream, socket.SHUT_RDWR)


def _exchange(stream: socket.socket, netloc: str, url: str, limits: Limits) -> _Answer:
    connection = http.client.HTTPConnection(urlsplit(url).hostname or "")
    connection.sock = stream
    parts = urlsplit(url)
    target = urlunsplit(("", "", parts.path, parts.query, ""))
    connection.request("GET", target, headers={"Host": netloc, "Connection": "close", **_HEADERS})
    with closing(connection.getresponse()) as response:
        location = response.headers.get("Location")
        if response.status in {301, 302, 303, 307, 308} and location:
            return _Answer(b"", "", location)
        if response.status != http.client.OK:
            status = f"HTTP {response.status} {_printable(response.reason)}".strip()
            raise UrlNotFetched(
                why_id=f"situs menjawab {status}; periksa alamatnya di peramban",
                why_en=f"the site answered {status}; check the address in a browser",
            )
        content = _body(response, limits)
        return _Answer(content, response.headers.get_content_type(), None)


def _body(response: http.client.HTTPResponse, limits: Limits) -> bytes:
    """The body, unpacked where it came packed; capped as received and as unpacked."""
    declared = response.length
    if declared is not None:
        limits.check_bytes(declared)
    packed = (response.headers.get("Content-Encoding") or "").strip().lower() in {"gzip", "x-gzip"}
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed else None
    parts: list[bytes] = []
    size = 0
    while chunk := response.read1(_CHUNK):
        if unpack is not None:
            try:
                chunk = unpack.decompress(chunk, limits.bytes_max - size + 1)
            except zlib.error as error:
                raise http.client.HTTPException("gzip") from error
        size += len(chunk)
        limits.check_bytes(size)
        parts.append(chunk)
    if response.length or (unpack is not None and not unpack.eof):
        raise http.client.IncompleteRead(b"")
    return b"".join(parts)


def _name(url: str, media_type: str) -> str:
    """A file name from the address; a page of no telling name gets its declared type's suffix."""
    base = unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])
    name = _printable(base)[-120:] or (urlsplit(url).hostname or "halaman")
    has_suffix = re.search(r"\.(?=[a-z0-9]{2,5}$)[a-z0-9]*[a-z]", base, re.IGNORECASE)
    return name if has_suffix else name + _SUFFIXES.get(media_type, "")


def _default_port(scheme: str) -> int:
    return 443 if scheme.lower() == "https" else 80


def _printable(text: str) -> str:
    return "".join(c for c in text if c.isprintable())[:200]


def _refuse(why_id: str, why_en: str) -> NoReturn:
    raise UrlRefused(why_id=why_id, why_en=why_en)
