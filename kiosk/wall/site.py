"""What a browser may ask for: one page, its own few files, and the feed. Nothing can be sent in.

Every answer forbids the page anything but its own files and feed (Content Security Policy level 3), so that even a
name full of markup could load nothing and run nothing.
"""

import hashlib
import html
import ipaddress
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk import tongue
from kiosk.tongue import phrase
from kiosk.wall.feed import VIEWERS, Feed
from kiosk.wall.outlook import silence

PAGE = Path(__file__).with_name("page")
FONTS = Path(__file__).parent.parent / "screens" / "fonts"

FILES: Mapping[str, tuple[Path, str]] = {
    "/": (PAGE / "wall.html", "text/html"),
    "/wall.css": (PAGE / "wall.css", "text/css"),
    **{f"/{name}.js": (PAGE / f"{name}.js", "text/javascript") for name in ("wall", "draw", "jar", "fit")},
    **{
        f"/{name}.ttf": (FONTS / f"{name}.ttf", "font/ttf")
        for name in ("regular", "semibold", "heavy", "arabic-regular", "arabic-heavy", "icons")
    },
}
"""All files that are served, by path."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
"""With every answer, whatever it is."""

FULL = "Too many pages look on already. This one tries again by itself."


class Guarded:
    """Puts the headers on every answer, and answers only to names that are this machine's.

    Without the latter a page from elsewhere could point a name of its own at this address and read along (DNS
    rebinding); a number is nobody's name.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if called_by_name(Headers(scope=scope).get("host", "")):
            await self._app(scope, receive, send_guarded)
        else:
            said = PlainTextResponse("Ask for this page by the machine's own name or number.", 421)
            await said(scope, receive, send_guarded)


def called_by_name(host: str) -> bool:
    """Whether a Host header names this machine: by a number, or as it is called itself."""
    name = host.rpartition("]")[0].removeprefix("[") if host.startswith("[") else host.partition(":")[0]
    try:
        ipaddress.ip_address(name)
    except ValueError:
        own = socket.gethostname().lower()
        return name.lower().rstrip(".") in {"localhost", own, f"{own}.local", f"{own.partition('.')[0]}.local"}
    return True


def version() -> str:
    """Changes whenever a file of the page does, or its language."""
    found = hashlib.sha256(tongue.language().encode())
    for path, _ in FILES.values():
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def site(feed: Feed, living: Callable[[], AsyncIterator[None]]) -> ASGIApp:
    """The page. living: what runs beside it for as long as it is served."""

    async def watch(request: Request) -> Response:
        if request.method == "HEAD":
            return Response(media_type="text/event-stream", headers={"Cache-Control": "no-store"})
        if feed.viewers >= VIEWERS:
            return PlainTextResponse(FULL, 503, headers={"Retry-After": "30"})
        return StreamingResponse(
            feed.watch(), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    def chart(request: Request) -> Response:
        found = feed.chart(request.path_params["name"])
        if found is None:
            return PlainTextResponse("There is no such drawing.", 404)
        return Response(found, media_type="image/svg+xml")

    routes = [Route(path, _file(*found), methods=["GET"]) for path, found in FILES.items()]
    app = Starlette(
        routes=[
            *routes,
            Route("/feed", watch, methods=["GET"]),
            Route("/chart/{name}.svg", chart, methods=["GET"]),
            Route("/favicon.ico", lambda _: Response(status_code=204), methods=["GET"]),
        ],
        lifespan=asynccontextmanager(lambda _: living()),
    )
    app.router.redirect_slashes = False
    return Guarded(app)


def spoken_page(path: Path) -> bytes:
    """The page in the language spoken now: its own few sentences, and which way it is written."""
    said = {
        "language": tongue.language(),
        "direction": "rtl" if tongue.right_to_left() else "ltr",
        "title": phrase("The wall"),
        "silence": silence(),
        "scripts": phrase("This page draws the wall with a script of its own. Allow scripts here to see it."),
    }
    return path.read_text("utf-8").format(**{name: html.escape(words) for name, words in said.items()}).encode()


def _file(path: Path, kind: str) -> Callable[[Request], Response]:
    """A file as it is now; it is read once, so nothing that is asked for ever becomes a path."""
    body = path.read_bytes() if path.suffix != ".html" else spoken_page(path)
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'

    def answer(request: Request) -> Response:
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        return Response(body, media_type=kind, headers={"ETag": tag})

    return answer
