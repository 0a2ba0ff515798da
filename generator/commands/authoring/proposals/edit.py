"""`playbook edit`: the strategy in a form, in a browser on this machine."""

from __future__ import annotations

import os
import sys
import webbrowser
from functools import partial
from typing import Any

import click

from generator.commands.authoring.check import drop_if_allowed
from generator.commands.authoring.proposals.edit_service import (
    Asked,
    serve,
    with_service_options,
)
from generator.commands.editor_ids import renew_ids
from generator.commands.options import with_settings
from generator.commands.settings import Settings
from generator.commands.terminal import FINE, CannotRunError, Terminal
from generator.loading.manuscript import MAIN_FILE

_PORT = 8010


@click.command("edit")
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    default=_PORT,
    show_default=True,
    help="Where to listen on this machine; 0: any port that is free.",
)
@click.option("--no-open", is_flag=True, help="Open no browser; the address is printed.")
@with_service_options
@with_settings
def edit(settings: Settings, terminal: Terminal, port: int, no_open: bool, **service: Any) -> int:
    """Edit the strategy in a form, in the browser: every entry, what the check says of it, and what will
    change. Save writes your files; Propose makes a branch of your edits and pushes it.

    It listens on this machine only, and lets in whoever has the address that it prints. With
    --repository it serves many people behind your sign-in instead: then each proposes, and nobody saves.
    """
    asked = Asked(**service)
    if asked.is_service:
        return serve(asked, port, settings, terminal)
    root = settings.root
    if not (root / MAIN_FILE).is_file():
        raise CannotRunError(
            f"there is no {MAIN_FILE} in {root}; begin a playbook with: playbook init FOLDER"
        )
    from generator.site.theme.look import read_look
    from generator.workbench import open_workbench
    from generator.workbench.reading import Folder
    from generator.workbench.server import PortTakenError, ended_by_ctrl_c, make_server, take_port

    try:
        listener, entrance = take_port(port)
    except PortTakenError as error:
        raise CannotRunError(
            f"port {port} cannot be used ({(error.strerror or 'it is taken').lower()}); perhaps playbook edit "
            "runs already. Name another: playbook edit --port 0"
        ) from error
    folder = Folder(
        root,
        settings.max_bytes,
        settings.as_of,
        partial(drop_if_allowed, root, settings),
        partial(renew_ids, root),
    )
    app = open_workbench(folder, read_look(settings.config), entrance)
    server = make_server(app)
    with listener, ended_by_ctrl_c(server):
        terminal.say(
            f"Edit the strategy at {entrance.address}\n"
            "Whoever has this address gets in, from this machine only. Ctrl+C ends it.\n"
        )
        if not no_open and not _open_browser(entrance.address):
            terminal.say("No browser could be opened; copy the address into one.\n")
        server.run(sockets=[listener])
    return FINE


def _open_browser(address: str) -> bool:
    """Whether a browser with a window was asked to open an address: one in this terminal would take it
    from us.
    """
    on_unix = sys.platform.startswith(("linux", "freebsd", "openbsd"))
    if on_unix and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    try:
        return webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return False
