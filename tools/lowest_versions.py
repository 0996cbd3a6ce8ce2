#!/usr/bin/env python3
"""Print constraints: the lowest versions that settings.ini allows, and the pins of the tools from
constraints.txt.

pip install '.[dev]' -c <(python tools/lowest_versions.py) pip install '.[dev]' -c <(python
tools/lowest_versions.py --tools) # the tools alone: the newest of everything else
"""

import re
import shlex
import sys
from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).parents[1]


def floors():
    "The lowest version of every requirement."
    config = ConfigParser(delimiters=["="])
    config.read(ROOT / "settings.ini", encoding="utf-8")
    return dict(part.split(">=") for part in shlex.split(config["DEFAULT"]["requirements"]))


def tools():
    "The pinned versions of everything that the package itself does not need."
    pins = dict(
        re.findall(
            r"^([\w-]+)==(\S+)", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.M
        )
    )
    chosen_by_others = {"clarabel", "osqp", "scs", "torchvision"}
    return {
        name: version
        for name, version in pins.items()
        if name not in {*floors(), *chosen_by_others}
    }


if __name__ == "__main__":
    chosen = tools() if "--tools" in sys.argv[1:] else tools() | floors()
    print("\n".join(f"{name}=={version}" for name, version in chosen.items()))
