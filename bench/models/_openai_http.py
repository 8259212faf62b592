"""HTTP as an untrusted server needs it: no cookies, no redirects, a cap on the body, no reply taken for another's."""

from __future__ import annotations

import functools
import urllib.request
import weakref
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import aiohttp

MOST_BYTES = 8_000_000  # of a reply's body


def open_session(url: str, key: str | None) -> aiohttp.ClientSession:
    """A session for requests to one address, through the proxy that the environment names for it."""
    import aiohttp

    headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0, ttl_dns_cache=300),
        timeout=aiohttp.ClientTimeout(total=None),  # deadlines are the caller's, over all tries
        cookie_jar=aiohttp.DummyCookieJar(),
        headers=headers,
        proxy=_proxy(url),
        response_class=_response_class(),
    )


async def read_body(response: aiohttp.ClientResponse) -> bytes | None:
    """The body, or None as soon as it is known to be too large."""
    if (response.content_length or 0) > MOST_BYTES:
        return None
    parts, size = [], 0
    while part := await response.content.readany():
        parts.append(part)
        size += len(part)
        if size > MOST_BYTES:
            return None
    return b"".join(parts)


def _proxy(url: str) -> str | None:
    """The proxy that the environment (https_proxy, no_proxy …) names for an address."""
    parts = urlsplit(url)
    if not parts.hostname or urllib.request.proxy_bypass(parts.hostname):
        return None
    return urllib.request.getproxies().get(parts.scheme)


class Doubles:
    """Notices a reply that a server sent twice, before it is taken for the answer to the next request.

    A late copy comes as the first thing on its connection after the next request: the same bytes as the reply
    before, its id and time of creation included. The connection is dropped and the request sent again. A server
    whose replies have neither id nor time repeats itself honestly: once the same bytes come a third time, it
    is believed from then on. Replies of success only: an error says the same each time, and answers nothing.
    """

    def __init__(self) -> None:
        self._last: weakref.WeakKeyDictionary[Any, int] = weakref.WeakKeyDictionary()
        self._suspects: set[int] = set()
        self._honest = False

    def seen(self, response: aiohttp.ClientResponse, body: bytes) -> bool:
        """Whether `body` is the previous one of its connection, which is dropped if so."""
        protocol, mark = getattr(response, "connection_used", None), hash(body)
        before = self._last.get(protocol)
        self._last[protocol] = mark
        self._honest = self._honest or mark in self._suspects
        if self._honest or before != mark:
            return False
        self._suspects.add(mark)
        if protocol is not None:
            protocol.abort()
        return True


@functools.cache
def _response_class() -> type[aiohttp.ClientResponse]:
    """A response that remembers its connection, which aiohttp's own forgets with the last byte."""
    import aiohttp

    class Response(aiohttp.ClientResponse):
        connection_used: Any = None

        async def start(self, connection: Any) -> aiohttp.ClientResponse:
            self.connection_used = connection.protocol
            return await super().start(connection)

    return Response
