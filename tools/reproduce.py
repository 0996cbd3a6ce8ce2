#!/usr/bin/env python3
"""Run one table or figure of the thesis again: python tools/reproduce.py "Figure 4.3"

The experiments are functions in nbs/experiments/chapter_*.ipynb and slides.ipynb: the cells of the
notebook that only define something are executed, and the function that its dictionary ITEMS has
for the item is called. It appends rows to the csv file of the item, beside the notebook, and goes
on where it stopped. --fresh begins with an empty file and says how far the new rows are from the
old ones, which are kept as .csv.before until the run has ended; git brings stored ones back, too.
"""

import argparse
import ast
import csv
import json
import os
import sys
import time
import types
from pathlib import Path

os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
os.environ.setdefault("MPLBACKEND", "Agg")
FOLDER = Path(__file__).resolve().parents[1] / "nbs" / "experiments"
FACTS = {"python", "numpy", "torch", "reluframes", "processor", "seconds"}
DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign)


def definitions(notebook):
    "The cells that hold nothing but imports, functions, classes, assignments, as syntax trees."
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] != "code" or "#| slow" in source or not source.strip():
            continue
        try:
            tree = ast.parse(source)
        except SyntaxError:  # a magic
            continue
        if all(isinstance(node, DEFINITIONS) for node in tree.body):
            yield tree


def dictionary(notebook, name):
    "The dictionary that a notebook assigns to a name, as pairs (key, syntax tree)."
    for tree in definitions(notebook):
        for node in tree.body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) == name:
                return [(k.value, v) for k, v in zip(node.value.keys, node.value.values)]
    return []


def items():
    "{item: notebook} in the order of the chapters."
    notebooks = [*sorted(FOLDER.glob("chapter_*.ipynb")), FOLDER / "slides.ipynb"]
    return {key: nb for nb in notebooks if nb.exists() for key, _ in dictionary(nb, "ITEMS")}


def files(item, notebook):
    "The csv files of an item: those that the notebook's FILES names, or chapter_4_figure_4_3.csv."
    named = {key: ast.literal_eval(value) for key, value in dictionary(notebook, "FILES")}
    end = item.lower().replace(" ", "_").replace(".", "_")
    return [FOLDER / name for name in named.get(item, [f"{notebook.stem}_{end}.csv"])]


def rows(path):
    "The rows of a csv file without versions, processor and seconds."
    with path.open(newline="", encoding="utf-8") as file:
        return [{k: v for k, v in row.items() if k not in FACTS} for row in csv.DictReader(file)]


def distance(new, old):
    "Relative difference of two numbers, 0 within 1e-12 (rounding); 1 for texts that differ."
    if new == old:
        return 0.0
    try:
        a, b = float(new), float(old)
    except ValueError:
        return 1.0
    return abs(a - b) / max(abs(a), abs(b)) if abs(a - b) > 1e-12 else 0.0


def compare(path, before):
    "Say how far the rows of a file are from those before."
    new, old = rows(path), rows(before)
    if len(new) != len(old) or any(a.keys() != b.keys() for a, b in zip(new, old)):
        return f"{len(new)} rows, {len(old)} before, or other columns"
    apart = {key: max(distance(a[key], b[key]) for a, b in zip(new, old)) for key in new[0]}
    worst = max(apart, key=apart.get)
    if not apart[worst]:
        return f"{len(new)} rows, as before"
    return f"{len(new)} rows, relative difference at most {apart[worst]:.1g} (in {worst})"


def run(item, notebook, fresh):
    "Execute the definitions of the notebook, and call the function of the item."
    os.chdir(FOLDER)
    paths = files(item, notebook)
    if fresh:
        for path in filter(Path.exists, paths):
            path.replace(path.with_suffix(".csv.before"))
    page = types.ModuleType(notebook.stem)
    sys.modules[page.__name__] = page  # so that processes find the functions by their names
    for tree in definitions(notebook):
        exec(compile(tree, f"<{notebook.name}>", "exec"), page.__dict__)
    start = time.process_time()
    page.ITEMS[item]()
    print(f"{item}: {time.process_time() - start:.1f} s of process time")
    for path in paths:
        before = path.with_suffix(".csv.before")
        print(f"nbs/experiments/{path.name}{'' if path.exists() else ' (not written)'}")
        if before.exists() and path.exists():
            print(compare(path, before))
            before.unlink()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("item", nargs="*", help='for instance "Figure 4.3"')
    parser.add_argument("--fresh", action="store_true", help="begin with an empty csv file")
    parser.add_argument("--list", action="store_true", help="name all items")
    args = parser.parse_args()
    known = items()
    if args.list or not args.item:
        for item, notebook in known.items():
            print(f"{item:24s} nbs/experiments/{notebook.name}")
        return
    item = " ".join(args.item)
    if item not in known:
        sys.exit(f"{item!r} is not an item; --list names them all")
    run(item, known[item], args.fresh)


if __name__ == "__main__":
    main()
