#!/usr/bin/env python3
"""Run the exactness campaign: layers made to mislead floating point, against an exact brute force.

The functions are those of nbs/experiments/exactness_campaign.ipynb: its cells that only define
something are executed, and `campaign` is called. Exit status 1 where an answer is wrong.
"""

import argparse
import ast
import json
import os
import sys
import time
from pathlib import Path

os.environ.update(
    dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
)
ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = ROOT / "nbs" / "experiments" / "exactness_campaign.ipynb"
DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign)


def definitions(notebook):
    "The sources of the cells that hold nothing but imports, functions, classes and assignments."
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and "#| slow" not in source:
            body = ast.parse(source).body
            if all(isinstance(node, DEFINITIONS) for node in body):
                yield source


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--layers", type=int, default=100_000, help="a multiple of 1000")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument(
        "--store", type=Path, help="a csv file to take up and to write after each block"
    )
    args = parser.parse_args()
    for source in definitions(NOTEBOOK):
        exec(compile(source, str(NOTEBOOK), "exec"), globals())
    start = time.monotonic()
    table, facts = campaign(args.layers, args.store, args.processes)  # noqa: F821
    asked = {}
    for (question, group), row in table.items():
        if group.startswith("n = "):
            asked[question] = [a + b for a, b in zip(asked.get(question, [0] * 4), row)]
    for question, (right, unknown, wrong, errors) in asked.items():
        print(
            f"{question:20s} right {right:8d}  unknown {unknown:7d}  wrong {wrong}  errors {errors}"
        )
    print(f"{facts['layers']} layers, {len(facts['bad'])} wrong, {time.monotonic() - start:.0f} s")
    for seed, question, answer in facts["bad"][:20]:
        print(f"seed {seed}: {question}: {answer}")
    return bool(facts["bad"])


if __name__ == "__main__":
    sys.exit(main())
