#!/usr/bin/env python3
"""Repeat benchmarks: ours beside theirs, and beside what is stored. In two or three minutes.

    python tools/benchmarks.py                  # the short form of every case
    python tools/benchmarks.py mcbe PBE         # cases whose name contains one of the words
    python tools/benchmarks.py --list           # all cases, and where they are explained

The cases are functions in nbs/benchmarks/*.ipynb: the cells of a page that only define something
are executed, and its dictionaries CASES and SHORT say what may be called and with which settings
that is short. Everything in a case runs in turns, in one process; the ratio is what counts. The
stored values come from full runs, perhaps of another machine: the csv file names it. The short
form took 133 s of wall time on two cores that other processes used as well (load 4). --full
measures as the pages do (much longer), --store also puts the result into the csv file.
"""

import argparse
import os
import sys
import time
import types
from pathlib import Path

from reproduce import definitions

FOLDER = Path(__file__).resolve().parents[1] / "nbs" / "benchmarks"


def page(notebook):
    "The definitions of a page, as a module."
    module = types.ModuleType(notebook.stem)
    sys.modules[module.__name__] = module  # so that processes find the functions by their names
    for tree in definitions(notebook):
        exec(compile(tree, f"<{notebook.name}>", "exec"), module.__dict__)
    return module


def cases():
    "{case: (page, csv file)} of all pages."
    os.chdir(FOLDER)
    return {
        case: (module, FOLDER / f"{notebook.stem}.csv")
        for notebook in sorted(FOLDER.glob("*.ipynb"))
        for module in [page(notebook)]
        for case in getattr(module, "CASES", {})
    }


def measure(case, module, path, full):
    "Run a case; print it beside the stored rows."
    from reluframes.examples.timing import facts_line, stored_timings, timing_rows, timing_table

    timings = module.CASES[case](**({} if full else module.SHORT[case]))
    stored = stored_timings(path, case, timings.facts["threads"])
    clock = "wall" if timings.facts["threads"] != "1" else None  # threads share the processor time
    print(timing_table(timing_rows(timings), stored, clock))
    print(f"stored: {facts_line(stored[0])}\n" if stored else "nothing stored\n", flush=True)
    return timings


def parse():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("words", nargs="*", help="parts of the names of cases (default: all)")
    parser.add_argument("--list", action="store_true", help="name all cases")
    parser.add_argument("--full", action="store_true", help="as the pages measure, not short")
    parser.add_argument("--store", action="store_true", help="with --full: into the csv file")
    parser.add_argument("--threads", type=int, default=1, help="of BLAS and torch (default: 1)")
    args = parser.parse_args()
    if args.store and not args.full:
        parser.error("--store: expected --full beside it, what is stored is never short")
    return args


def main():
    args, start = parse(), time.monotonic()
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    os.environ |= dict.fromkeys(names, str(args.threads))  # before NumPy is imported
    os.environ.setdefault("MPLBACKEND", "Agg")
    known = cases()
    chosen = {
        case: where
        for case, where in known.items()
        if not args.words or any(word.lower() in case.lower() for word in args.words)
    }
    if not chosen:
        sys.exit(f"no case contains {' or '.join(args.words)}; --list names all")
    if args.list:
        for case, (module, path) in chosen.items():
            note = "" if case in getattr(module, "SHORT", {}) else "   (full only)"
            print(f"{case:50s} nbs/benchmarks/{path.stem}.ipynb{note}")
        return
    from reluframes.examples.timing import facts_line, machine_facts, store_timings

    print(facts_line(machine_facts()), end="\n\n", flush=True)
    for case, (module, path) in chosen.items():
        if args.full or case in module.SHORT:
            timings = measure(case, module, path, args.full)
            if args.store:
                store_timings(path, timings)
    print(f"{time.monotonic() - start:.0f} s; explained in nbs/benchmarks, stored in its csv files")


if __name__ == "__main__":
    main()
