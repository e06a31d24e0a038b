"""The screen over HTTP, for this machine only: on 127.0.0.1, under no other name, for no other page.

A page of another site may make a browser send requests here (cross-site forgery), and may lead its own name to
127.0.0.1 (DNS rebinding). So every request must name this address as its host; the page opens only by the address that
was printed, which has a secret of this start; and what changes anything must carry that secret in a header too.
"""

from __future__ import annotations

import json
import secrets
import sys
import traceback
from collections.abc import Callable
from functools import cache
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from eventcode import __version__
from eventcode.errors import EventcodeError, InputError
from eventcode.markup import safe
from eventcode.report.page import as_data, digest_of, file_of
from eventcode.review.screen import Refused, Screen

ADDRESS = "127.0.0.1"
#: Bytes of a request's body.
LARGEST = 1_000_000
_HERE = Path(__file__).parent
_OPEN = "paste the address that eventcode review has printed into the browser's address bar"


class Fails(Exception):
    """An answer other than 200."""

    def __init__(self, code: int, message: str, **more: Any) -> None:
        super().__init__(message)
        self.code, self.told = code, {"error": message, **more}


class ReviewServer(ThreadingHTTPServer):
    """Serves a screen. `address` is what to open in a browser; it has the secret of this start."""

    daemon_threads = True

    def __init__(self, screen: Screen, port: int = 0) -> None:
        """port: 0 for any that is free. Raises InputError where it is not free."""
        self.screen, self.token = screen, secrets.token_urlsafe(32)
        try:
            super().__init__((ADDRESS, port), _Handler)
        except (OSError, OverflowError) as problem:
            raise InputError(f"port {port} of {ADDRESS} cannot be used: {problem}") from None

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def address(self) -> str:
        return f"http://{ADDRESS}:{self.port}/?token={self.token}"

    @property
    def hosts(self) -> tuple[str, str]:
        """The names under which this server answers."""
        return f"{ADDRESS}:{self.port}", f"localhost:{self.port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away is no fault worth telling."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    server_version, sys_version = f"eventcode/{__version__}", ""
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_POST(self) -> None:
        self._answer(self._post)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the terminal is the coder's."""

    def _answer(self, act: Callable[[], tuple[bytes, str]]) -> None:
        try:
            self._check_host()
            body, kind = act()
            self._send(200, body, kind)
        except _See as other:
            self._send(303, b"", "text/plain", {"Location": "/", "Set-Cookie": other.cookie})
        except Fails as problem:
            self._fail(problem)
        except Refused as problem:
            self._fail(Fails(422, str(problem), faults=[fault._asdict() for fault in problem.faults]))
        except EventcodeError as problem:
            self._fail(Fails(400, str(problem)))
        except ConnectionError:
            raise
        except Exception:  # a fault of ours: told on the terminal, not to the page
            traceback.print_exc()
            self._fail(Fails(500, "something went wrong here; the terminal says what"))

    def _check_host(self) -> None:
        if self.headers.get("Host") not in self.server.hosts or len(self.headers.get_all("Host", [])) != 1:
            raise Fails(421, "this server answers on 127.0.0.1 only")
        if self.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
            raise Fails(403, "asked by a page from elsewhere")
        origin = self.headers.get("Origin")
        if origin is not None and origin not in [f"http://{host}" for host in self.server.hosts]:
            raise Fails(403, "asked by a page from elsewhere")

    def _get(self) -> tuple[bytes, str]:
        asked = urlsplit(self.path)
        if asked.path == "/" and asked.query:
            given = parse_qs(asked.query).get("token", [""])[0]
            if not self._is_token(given):
                raise Fails(403, _OPEN)
            raise _See(f"{self._cookie_name}={self.server.token}; HttpOnly; SameSite=Strict; Path=/")
        if not self._is_token(self._cookie()):
            raise Fails(403, _OPEN)
        if asked.path == "/":
            return page(self.server.screen, self.server.token).encode(), "text/html; charset=utf-8"
        if asked.path == "/steps":
            return _json(self.server.screen.progress())
        if asked.path.startswith("/step/"):
            return _json(self.server.screen.step(self._known(unquote(asked.path.removeprefix("/step/")))))
        raise Fails(404, "there is nothing here")

    def _post(self) -> tuple[bytes, str]:
        body = self._body()
        if not self._is_token(self.headers.get("X-Review-Token", "")) or not self._is_token(self._cookie()):
            raise Fails(403, "the server was started anew: open the address that it printed")
        act = _ACTS.get(self.path)
        if act is None:
            raise Fails(404, "there is nothing here")
        return _json(act(self.server.screen, _Given(body)))

    def _body(self) -> Any:
        """The request's JSON."""
        told = self.headers.get("Content-Length", "")
        if not told.isascii() or not told.isdigit():
            raise Fails(411, "a request tells its length")
        if len(told) > 8 or int(told) > LARGEST:
            self._pass_over(int(told) if len(told) <= 8 and int(told) <= 10 * LARGEST else 0)
            raise Fails(413, f"a request has at most {LARGEST} bytes")
        raw = self.rfile.read(int(told))
        if self.headers.get_content_type() != "application/json":
            raise Fails(415, "expected application/json")
        try:
            return json.loads(raw)
        except (ValueError, RecursionError):
            raise Fails(400, "the request is not JSON") from None

    def _pass_over(self, size: int) -> None:
        """Read what is not wanted, as far as is decent: a browser hears the answer once it has sent all."""
        while size > 0 and (read := self.rfile.read(min(size, 1 << 16))):
            size -= len(read)

    def _known(self, step: str) -> str:
        try:
            self.server.screen.queue.find(step, self.server.screen.states())
        except InputError as problem:
            raise Fails(404, str(problem)) from None
        return step

    @property
    def _cookie_name(self) -> str:
        """Cookies are shared between the ports of a machine: each server has its own."""
        return f"eventcode_review_{self.server.port}"

    def _cookie(self) -> str:
        try:
            found = SimpleCookie(self.headers.get("Cookie", "")).get(self._cookie_name)
        except CookieError:
            return ""
        return found.value if found is not None else ""

    def _is_token(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(errors="replace"), self.server.token.encode())

    def _fail(self, problem: Fails) -> None:
        self.close_connection = True  # a body that was not read would be taken for the next request
        if "application/json" in self.headers.get("Accept", "") or self.command == "POST":
            self._send(problem.code, *_json(problem.told))
        else:
            self._send(problem.code, f"{problem}\n".encode(), "text/plain; charset=utf-8")

    def _send(self, code: int, body: bytes, kind: str, more: dict[str, str] | None = None) -> None:
        self.send_response(code)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **_HEADERS, **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class _See(Exception):
    """Go to the page itself, with this cookie: the secret does not stay in the address."""

    def __init__(self, cookie: str) -> None:
        super().__init__(cookie)
        self.cookie = cookie


class _Given:
    """The members of a request, of the kinds that are asked for. Raises Fails on others."""

    def __init__(self, body: Any) -> None:
        if not isinstance(body, dict):
            raise Fails(400, "expected an object")
        self.body = body

    def text(self, name: str) -> str:
        found = self.body.get(name)
        if not isinstance(found, str):
            raise Fails(400, f"{name}: expected a text")
        return found

    def step(self) -> str | None:
        return None if self.body.get("step") is None else self.text("step")

    def cells(self) -> dict[str, Any]:
        found = self.body.get("cells", {})
        if not isinstance(found, dict):
            raise Fails(400, "cells: expected an object")
        return found

    def place(self, name: str) -> int:
        found = self.body.get(name)
        if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= 10**9:
            raise Fails(400, f"{name}: expected a number")
        return found


_ACTS: dict[str, Callable[[Screen, _Given], dict[str, Any]]] = {
    "/decide": lambda screen, given: screen.decide(given.text("step"), given.text("kind"), given.cells()),
    "/add": lambda screen, given: screen.add(given.text("step"), given.cells(), (given.place("start"),
                                                                                 given.place("end")),
                                             given.text("words")),
    "/check": lambda screen, given: screen.check(given.step(), given.cells()),
    "/note": lambda screen, given: screen.note(given.text("step"), given.text("note")),
    "/undo": lambda screen, _: screen.undo(),
}


def page(screen: Screen, token: str) -> str:
    """The page that the browser opens; everything else it asks for."""
    css, script = _style(), _file("screen.js")
    return Template(_file("screen.html")).substitute(
        title=safe(f"Review of {screen.queue.run.folder.resolve().name}"), css=css, script=script, token=safe(token),
        coder=safe(screen.coder), ontology=safe(screen.queue.ontology.name), data=as_data(screen.overview()))


@cache
def _file(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


@cache
def _style() -> str:
    """That of the report page, whose marks and cards are shown here too, and the screen's own."""
    return file_of("page.css") + _file("screen.css")


def _json(told: Any) -> tuple[bytes, str]:
    return json.dumps(told, ensure_ascii=True, default=str).encode(), "application/json"


_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        f"script-src 'sha256-{digest_of(_file('screen.js'))}'; style-src 'sha256-{digest_of(_style())}'"),
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin"}
