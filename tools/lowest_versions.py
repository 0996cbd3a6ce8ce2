#!/usr/bin/env python3
"""Print constraints for the lowest versions that settings.ini allows, and the pins of the tools from constraints.txt.

    pip install '.[dev]' -c <(python tools/lowest_versions.py)
"""
import re
import shlex
from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).parents[1]


def lowest():
    "The lines name==version: the floor of every requirement, the pin of everything else that is pinned."
    config = ConfigParser(delimiters=["="])
    config.read(ROOT / "settings.ini", encoding="utf-8")
    floors = dict(part.split(">=") for part in shlex.split(config["DEFAULT"]["requirements"]))
    pins = dict(re.findall(r"^([\w-]+)==(\S+)", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.M))
    solvers = {"clarabel", "osqp", "scs"}                # cvxpy chooses the versions that it needs
    return [f"{name}=={version}" for name, version in ({k: v for k, v in pins.items() if k not in solvers} | floors).items()]


if __name__ == "__main__":
    print("\n".join(lowest()))
