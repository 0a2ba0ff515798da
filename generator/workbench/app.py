"""The workbench in a browser: which addresses it has, and what each answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from generator.editing.edit_notes import NoNoteError
from generator.site.theme.look import Look
from generator.workbench.bench import Act, Workbench
from generator.workbench.forms import language_of, words_of
from generator.workbench.guard import Entrance, Guard
from generator.workbench.own_files import OwnFiles
from generator.workbench.preview import SCHEMES
from generator.workbench.reading import Folder

_TYPES = {"js": "text/javascript", "css": "text/css"}
_ASSETS = (
    ("", "generator.pages", "assets"),
    ("suggest/", "generator.pages.suggest_form", "browser"),
    ("workbench/", "generator.workbench", "browser"),
)
_SHEETS = ("suggest/suggest.css", "workbench/workbench.css")

Work = Callable[[Workbench, Request], Any]
FindBench = Callable[[Request], Workbench]


def open_workbench(folder: Folder, look: Look, entrance: Entrance) -> ASGIApp:
    """The server's application for one strategy, for whoever has the address of the `entrance`."""
    bench = Workbench(OwnFiles(folder), look)
    return Guard(make_app(lambda _: bench), entrance)


def make_app(find_bench: FindBench, **options: Any) -> Starlette:
    """The application behind the door: each address as it is written, and no other."""
    app = Starlette(routes=list_routes(find_bench), **options)
    app.router.redirect_slashes = False
    return app


def list_routes(find_bench: FindBench) -> list[Route]:
    """All addresses; `find_bench` says at whose workbench a request is answered."""
    get: Mapping[str, Work] = {
        "/": lambda bench, request: HTMLResponse(_draw_frame(bench)),
        "/assets/suggest/form.json": lambda bench, request: bench.forms.describe_form(),
        "/assets/suggest/kinds/{kind}.json": lambda bench, request: bench.forms.describe_kind(
            request.path_params["kind"]
        ),
        "/assets/suggest/entries/{entry:path}.json": lambda bench, request: (
            bench.forms.describe_entry(request.path_params["entry"])
        ),
        "/assets/{name:path}": lambda bench, request: _send_asset(
            bench.look, request.path_params["name"]
        ),
        "/entries.json": lambda bench, request: bench.forms.list_entries(),
        "/obstacle": lambda bench, request: bench.find_obstacle(),
        "/state": lambda bench, request: bench.describe(_entry_in(request)),
        "/preview": lambda bench, request: bench.find_page(_entry_in(request)),
        "/page/{scheme}/{address:path}": lambda bench, request: _send_page(
            bench, **request.path_params
        ),
    }
    slow: Mapping[str, Work] = {
        "/problems": lambda bench, request: bench.list_problems(),
        "/check": lambda bench, request: bench.check(_entry_in(request)),
    }
    post: Mapping[str, Callable[[Workbench], Act | None]] = {
        "/edit": lambda bench: bench.take,
        "/undo": lambda bench: bench.undo,
        "/save": lambda bench: bench.save,
        "/propose": lambda bench: bench.propose,
    }
    return [
        *(_read(path, find_bench, work, is_slow=True) for path, work in slow.items()),
        *(_read(path, find_bench, work, is_slow=False) for path, work in get.items()),
        *(_write(path, find_bench, pick) for path, pick in post.items()),
    ]


def _entry_in(request: Request) -> str:
    return request.query_params.get("entry", "")


def _read(path: str, find_bench: FindBench, work: Work, *, is_slow: bool) -> Route:
    """What is only read: as JSON, or as the answer that the work makes itself; None is not there. What
    may take long keeps nobody waiting.
    """

    def handle(request: Request) -> Response:
        bench = find_bench(request)
        if is_slow:
            found = work(bench, request)
        else:
            with bench.busy:
                bench.refresh()
                found = work(bench, request)
        if found is None:
            raise HTTPException(404)
        return found if isinstance(found, Response) else JSONResponse(found)

    return Route(path, handle, methods=["GET"])


def _write(path: str, find_bench: FindBench, pick: Callable[[Workbench], Act | None]) -> Route:
    """What a form asks for, as one JSON object: what became of it, and how things stand then."""

    def do(request: Request, data: Mapping[str, Any]) -> Response:
        bench = find_bench(request)
        entry, act = str(data.get("entry", "")), pick(bench)
        if act is None:
            raise HTTPException(404)
        with bench.busy:
            bench.refresh()
            try:
                done = act(entry, data)
            except NoNoteError as error:
                done = {"failed": str(error)}
            except OSError as error:
                told = (error.strerror or str(error)).lower()
                done = {"failed": f"{error.filename or 'a file'}: {told}"}
            return JSONResponse({**bench.describe(entry), **done})

    async def handle(request: Request) -> Response:
        data = _read_json(await request.body())
        if not isinstance(data, dict):
            raise HTTPException(400)
        return await run_in_threadpool(do, request, data)

    return Route(path, handle, methods=["POST"])


def _read_json(body: bytes) -> Any:
    """What a body says as JSON that can be written again; None where it is none, for a number without end
    and half a letter are read but can be told to nobody.
    """
    try:
        data = json.loads(body)
        json.dumps(data, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return data


def _send_page(bench: Workbench, scheme: str, address: str) -> Response | None:
    html = bench.draw_page(scheme, address) if scheme in SCHEMES else ""
    return HTMLResponse(html) if html else None


def _send_asset(look: Look, name: str) -> Response | None:
    """A script or a style sheet: of the theme, of the site, of the form, or our own."""
    content = look.found.get(name) or _read_assets().get(name)
    return Response(content, media_type=_TYPES[name.rpartition(".")[2]]) if content else None


@cache
def _read_assets() -> Mapping[str, bytes]:
    return {
        f"{start}{file.name}": file.read_bytes()
        for start, room, folder in _ASSETS
        for file in files(room).joinpath(folder).iterdir()
        if file.name.rpartition(".")[2] in _TYPES
    }


def _draw_frame(bench: Workbench) -> str:
    """The page in which all is shown."""
    loaded, look, said = bench.loaded, bench.look, bench.words
    words = words_of(loaded)
    values = {
        "language": language_of(loaded),
        "title": said["title"],
        "primary": look.primary,
        "accent": look.accent,
        "loading": words("suggest_loading"),
        "failed": said["failed"],
        "side": said["edits"],
        "noscript": words("suggest_noscript"),
    }
    frame = files("generator.workbench").joinpath("browser", "frame.html").read_text("utf-8")
    sheets = (*look.sheets, *_SHEETS)
    links = "".join(f'<link rel="stylesheet" href="assets/{name}">\n' for name in sheets)
    return frame.format(sheets=links, **{name: escape(text) for name, text in values.items()})
