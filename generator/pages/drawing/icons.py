"""The icons on our pages: those that the theme ships, by what they stand for."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from markupsafe import Markup

ICONS = {
    "objection": "message-reply-text-outline",
    "competitor": "shield-sword-outline",
    "call": "phone-outline",
    "proof": "certificate-outline",
    "people": "account-question-outline",
    "start": "map-marker-path",
    "news": "bullhorn-outline",
    "verified": "check-decagram",
    "due": "clock-alert-outline",
    "overdue": "alert-circle-outline",
    "never": "help-circle-outline",
    "owner": "account-circle-outline",
    "tell": "message-alert-outline",
    "edit": "pencil-outline",
    "why": "bullseye-arrow",
    "search": "magnify",
    "home": "home-outline",
    "menu": "menu",
    "copy": "content-copy",
    "share": "share-variant-outline",
    "speak": "account-voice",
    "before": "arrow-left",
    "after": "arrow-right",
    "leave": "close",
    "beware": "alert-octagon-outline",
    "practise": "cards-outline",
    "worked": "thumb-up-outline",
    "not": "thumb-down-outline",
    "mail": "email-outline",
    "chat": "chat-outline",
    "page": "card-account-details-outline",
    "pin": "pin-outline",
    "pinned": "pin",
    "stale": "clock-alert-outline",
    "not_now": "cancel",
}


@cache
def draw_icon(name: str) -> Markup:
    """An icon as inline SVG. It only accompanies words, so it is hidden from screen readers."""
    icons = files("material").joinpath("templates", ".icons", "material")
    svg = icons.joinpath(f"{ICONS[name]}.svg").read_text("utf-8").strip()
    return Markup(svg.replace("<svg ", '<svg class="pb-icon" aria-hidden="true" ', 1))  # noqa: S704  # the theme's own
