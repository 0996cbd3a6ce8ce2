#!/usr/bin/env python3
"""Draw what a browser shows beside the title, nbs/favicon.svg, and what is shown where a link to
the site is shared, nbs/card.png: three rows of a frame, and the parts of the disk in which two of
them are active at bias 0, or only one."""

from configparser import ConfigParser
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

import reluframes as rf
from reluframes.plots.style import PALETTE

ROOT = Path(__file__).parents[1]
ANGLES = np.degrees(np.arctan2(*rf.mercedes_benz().T[::-1]))  # of the three rows
DARK, LIGHT = "#1f3a5f", "#e8eef5"


def point(degrees, radius, middle=32):
    "A point of the icon, 64 by 64, with the second axis downwards."
    a = np.radians(degrees)
    return f"{middle + radius * np.cos(a):.2f} {middle - radius * np.sin(a):.2f}"


def icon():
    "The icon: a disk and three rows."
    rows = "".join(
        f'<path d="M32 32L{point(a, 24)}" stroke="#fff" stroke-width="5" stroke-linecap="round"/>'
        for a in ANGLES
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<circle cx="32" cy="32" r="31" fill="{DARK}"/>{rows}'
        '<circle cx="32" cy="32" r="5" fill="#fff"/></svg>\n'
    )


def card(title, text):
    "The card, 1200 by 630 pixels."
    fig = plt.figure(figsize=(12, 6.3), facecolor=DARK)
    fig.text(0.06, 0.62, title, size=64, color="white", weight="bold")
    words = text.split(": ")
    fig.text(0.06, 0.44, words[0], size=24, color=LIGHT)
    fig.text(0.06, 0.34, words[-1], size=24, color=LIGHT)
    ax = fig.add_axes((0.66, 0.21, 0.58 * 6.3 / 12, 0.58), aspect="equal")
    ax.set_axis_off()
    edges = np.sort(np.concatenate([ANGLES - 90, ANGLES + 90]) % 360)
    for low, high in zip(edges, [*edges[1:], edges[0] + 360]):
        active = sum(np.cos(np.radians((low + high) / 2 - ANGLES)) > 0)
        shade = PALETTE[0] if active == 2 else "#8fb3d9"
        ax.add_patch(matplotlib.patches.Wedge((0, 0), 1, low, high, fc=shade, ec=DARK, lw=3))
    for a in np.radians(ANGLES):
        ax.annotate(
            "",
            (np.cos(a), np.sin(a)),
            (0, 0),
            arrowprops={"arrowstyle": "-|>", "color": "white", "lw": 4, "mutation_scale": 30},
        )
    ax.set(xlim=(-1.05, 1.05), ylim=(-1.05, 1.05))
    fig.savefig(ROOT / "nbs/card.png", dpi=100, facecolor=DARK, metadata={"Software": None})


if __name__ == "__main__":
    settings = ConfigParser()
    settings.read(ROOT / "settings.ini", encoding="utf-8")
    (ROOT / "nbs/favicon.svg").write_text(icon(), encoding="utf-8")
    card(settings["DEFAULT"]["title"], settings["DEFAULT"]["description"])
