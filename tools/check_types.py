#!/usr/bin/env python3
"""Check the types that users see: public signatures are annotated in full, mypy accepts the package
and catches mistakes.

`--list` names what is missing without running mypy.
"""

import argparse
import ast
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "reluframes"
USER = """
import numpy as np
import reluframes as rf
reveal_type(rf.find_collision((np.eye(2), 0.0), rf.Ball(2)))
reveal_type(rf.injectivity_radius((np.eye(2), 0.0)).lower)
rf.mcbe(np.eye(2), rf.Ball(2), n_samples="many")
"""
EXPECTED = (
    r'Revealed type is ".*\bCollision \| None"',
    r'Revealed type is "(builtins\.)?float"',
    r'Argument "n_samples" to "mcbe" has incompatible type "str"',
)


def public_names():
    "Pairs (file, name) of the public names."
    stub = ast.parse((PACKAGE / "__init__.pyi").read_text(encoding="utf-8"))
    for node in stub.body:
        if isinstance(node, ast.ImportFrom):
            yield from (
                ((PACKAGE / node.module.replace(".", "/")).with_suffix(".py"), a.name)
                for a in node.names
            )


def unannotated(function, where):
    "What a function does not say: parameters and result without a type."
    a = function.args
    named = [*a.posonlyargs, *a.args, *a.kwonlyargs, *filter(None, (a.vararg, a.kwarg))]
    missing = [
        arg.arg for arg in named if arg.annotation is None and arg.arg not in ("self", "cls")
    ]
    if function.returns is None and function.name != "__init__":
        missing.append("what it returns")
    return [f"{where}: {', '.join(missing)}"] * bool(missing)


def incomplete():
    "The public functions and methods whose signature is not annotated in full."
    found = []
    for path, name in public_names():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name == name:
                found += unannotated(node, name)
            if isinstance(node, ast.ClassDef) and node.name == name:
                methods = [part for part in node.body if isinstance(part, ast.FunctionDef)]
                shown = [
                    f
                    for f in methods
                    if not f.name.startswith("_") or f.name in ("__init__", "__call__")
                ]
                found += [line for f in shown for line in unannotated(f, f"{name}.{f.name}")]
    return found


def mypy(*arguments):
    "What mypy prints."
    command = [sys.executable, "-m", "mypy", "--no-error-summary", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--list", action="store_true", help="only list signatures that are not complete"
    )
    args = parser.parse_args()
    wrong = incomplete()
    if not args.list:
        wrong += [line for line in mypy().stdout.splitlines() if ": note:" not in line]
        with tempfile.TemporaryDirectory() as folder:
            user = Path(folder) / "user.py"
            user.write_text(USER)
            told = mypy(str(user)).stdout
        wrong += [
            f"mypy does not say: {words}\n{told}"
            for words in EXPECTED
            if not re.search(words, told)
        ]
    print("\n".join(wrong))
    print(f"{len(wrong)} complaints about types")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
