#!/usr/bin/env python3
"""Measure how the package is built and how its notebooks read; with --check, fail where a limit is
passed.

From the imports: circles, imports from a wing below, private names taken from another module.
From the notebooks: how many exported cells are followed by a visible use, the longest run of
exported lines without one, conditional expressions, lengths of functions, cells and lines.
`--pages` lists it for each notebook.
"""

import argparse
import ast
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "reluframes"
WINGS = (
    "base frames domains layers polytopes montecarlo inverting deciding training models plots "
    "examples "
    "report integrations"
).split()
LIMITS = {  # measure: (is it a least value?, limit)
    "circles": (False, 0),
    "upward imports": (False, 0),
    "private imports": (False, 0),
    "exports with a visible use, %": (True, 70),
    "longest blind run, lines": (False, 80),
    "conditional expressions per 1000 lines": (False, 20),
    "function body, 95th percentile": (False, 20),
    "lines above 100 characters": (False, 0),
    "exported cells above 40 lines": (False, 0),
    "exported cells with several definitions, %": (False, 10),
}
EXPORT = re.compile(r"^#\| *exports?i? *(?=[\w.]*$)", re.M)


# ---- imports ----


def modules():
    "The exported modules, as {dotted name below the package: syntax tree}."
    paths = [p for p in PACKAGE.rglob("*.py") if p.parent != PACKAGE and p.name != "__init__.py"]
    return {
        ".".join(p.relative_to(PACKAGE).with_suffix("").parts): ast.parse(
            p.read_text(encoding="utf-8")
        )
        for p in paths
    }


def imports(name, tree):
    "Pairs (module, imported names) that a module takes from the package, at any depth of its code."
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom):
            continue
        parts = (node.module or "").split(".")
        if node.level:
            here = name.split(".")
            parts = here[: len(here) - node.level] + (node.module or "").split(".")
        elif parts[0] == "reluframes":
            parts = parts[1:]
        else:
            continue
        yield ".".join(p for p in parts if p), [alias.name for alias in node.names]


def circles(graph):
    "One list of modules for each way back to where it began, found depth first."
    found, done = [], set()

    def visit(node, path):
        if node in path:
            found.append([*path[path.index(node) :], node])
        elif node not in done:
            for other in sorted(graph.get(node, ())):
                visit(other, [*path, node])
            done.add(node)

    for start in sorted(graph):
        visit(start, [])
    return found


def structure():
    "The measures that come from the imports: {measure: list of findings}."
    trees = modules()
    graph = {
        name: {module for module, _ in imports(name, tree) if module in trees}
        for name, tree in trees.items()
    }
    upward, private = [], []
    for name, tree in trees.items():
        for module, names in imports(name, tree):
            wings = [part.split(".")[0] for part in (name, module)]
            if all(wing in WINGS for wing in wings) and WINGS.index(wings[0]) < WINGS.index(
                wings[1]
            ):
                upward.append(f"{name} from {module}")
            private += [
                f"{name}: {module}.{n}"
                for n in names
                if n.startswith("_") and not n.startswith("__")
            ]
    rounds = [" > ".join(path) for path in circles(graph)]
    return {"circles": rounds, "upward imports": upward, "private imports": private}


# ---- notebooks ----


def source(cell):
    return "".join(cell["source"])


def defines(text):
    "How many functions and classes a cell defines."
    return sum(isinstance(node, (ast.FunctionDef, ast.ClassDef)) for node in ast.parse(text).body)


def is_definition(cell):
    "Whether a cell is exported and holds more than imports."
    return (
        cell["cell_type"] == "code"
        and bool(EXPORT.search(source(cell)))
        and defines(source(cell)) > 0
    )


def page(path):
    "What one notebook shows: exported cells, used ones, longest blind run, long and crowded cells."
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code" and source(cell).strip()]
    shown = [
        not EXPORT.search(source(c))
        and not re.search(r"^#\| *(hide|default_exp)\b", source(c), re.M)
        for c in code
    ]
    exported = [i for i, cell in enumerate(code) if is_definition(cell)]
    used = sum(any(shown[i + 1 : i + 3]) for i in exported)
    longest = run = 0
    for i, cell in enumerate(code):
        if i in exported:
            run += len(source(cell).splitlines())
        elif shown[i]:
            run = 0
        longest = max(longest, run)
    lengths = [len(source(code[i]).splitlines()) for i in exported]
    crowded = sum(defines(source(code[i])) > 1 for i in exported)
    wide = sum(
        len(line) > 100 for c in code if EXPORT.search(source(c)) for line in source(c).splitlines()
    )
    return {
        "exports": len(exported),
        "used": used,
        "blind": longest,
        "long": sum(n > 41 for n in lengths),
        "crowded": crowded,
        "wide": wide,
    }


def body_length(node):
    "Lines of a function's body, without docstring."
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return body[-1].end_lineno - body[0].lineno + 1


def code_measures():
    "Conditional expressions and lengths over the exported code."
    lines = conditions = 0
    bodies = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name == "_modidx.py" or path.parent == PACKAGE:
            continue
        text = path.read_text(encoding="utf-8")
        own = [line for line in text.splitlines() if not line.startswith("# %%")]
        lines += len(own)
        for node in ast.walk(ast.parse(text)):
            conditions += isinstance(node, ast.IfExp)
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                bodies.append(body_length(node))
    bodies.sort()
    return {
        "conditional expressions per 1000 lines": 1000 * conditions / max(lines, 1),
        "function body, 95th percentile": bodies[int(0.95 * len(bodies))],
    }


def pages():
    "`page` of every notebook that exports something."
    paths = sorted(
        p for wing in WINGS for p in (ROOT / "nbs" / wing).glob("*.ipynb") if p.name[0] not in "._"
    )
    return {str(path.relative_to(ROOT)): page(path) for path in paths}


def measure():
    "All measures: {name: number}."
    found, each = {name: len(rows) for name, rows in structure().items()}, pages().values()
    exports = max(sum(p["exports"] for p in each), 1)
    found["exports with a visible use, %"] = 100 * sum(p["used"] for p in each) / exports
    found["longest blind run, lines"] = max(p["blind"] for p in each)
    found["exported cells above 40 lines"] = sum(p["long"] for p in each)
    found["exported cells with several definitions, %"] = (
        100 * sum(p["crowded"] for p in each) / exports
    )
    found["lines above 100 characters"] = sum(p["wide"] for p in each)
    return found | code_measures()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="exit with 1 where a limit is passed")
    parser.add_argument("--pages", action="store_true", help="list every notebook")
    args = parser.parse_args()
    if args.pages:
        for name, p in pages().items():
            print(
                f"{name:45} exports {p['exports']:3}, used {p['used']:3}, blind run "
                f"{p['blind']:4}, above 40 lines {p['long']:2}, crowded {p['crowded']:2}, "
                f"wide lines {p['wide']:3}"
            )
        for name, rows in structure().items():
            print("".join(f"{name}: {row}\n" for row in rows), end="")
    failed = 0
    for name, value in measure().items():
        least, limit = LIMITS[name]
        bad = value < limit if least else value > limit
        failed += bad
        print(
            f"{name:45} {value:8.5g}   {'at least' if least else 'at most'} "
            f"{limit}{'   NOT MET' * bad}"
        )
    return int(args.check and failed > 0)


if __name__ == "__main__":
    sys.exit(main())
