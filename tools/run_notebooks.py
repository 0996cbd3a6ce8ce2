#!/usr/bin/env python3
"""Run the notebooks against the installed package and compare what they print with what is stored
in them.

An exported cell is not run as it stands: it becomes an import of the names that it defines, so
that what is tested is the package as installed. Every notebook has a fresh kernel. A cell is
skipped where it says `#| eval: false` or `#| notest`, and where it says `#| slow` without
`--slow`; it runs but is not compared where it says `#| volatile`. Outputs are compared as text,
numbers up to rounding. The last line is always `N passed, N failed`.

With `--coverage`, or with the environment variable COVERAGE_FLOOR set to a percentage, the lines
and branches of the package that the kernels run are counted; less than the floor is a failure.
tools/not_covered.txt says why the rest is not run.
"""

import argparse
import ast
import contextlib
import copy
import filecmp
import importlib.util
import json
import math
import os
import re
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
from configparser import ConfigParser
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError

RTOL, TINY = 2e-3, 1e-9  # numbers agree within RTOL of their size, or within TINY
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
ADDRESS = re.compile(r"(?: at )?0x[0-9a-fA-F]{6,}")
DIRECTIVE = re.compile(r"\s*#\s*\|\s*([\w-]+):?\s*(.*?)\s*$")
ENVIRONMENT = {
    "CI": "true",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}
HYPOTHESIS = """
from hypothesis import settings
settings.register_profile("notebooks", deadline=None, derandomize=True, database=None)
settings.load_profile("notebooks")
"""
LARGE = ("torch", "matplotlib", "sklearn", "scipy")  # imported before what runs is counted: quicker
INSTALL = "pip install '.[dev]' -c constraints.txt"


class ThisPython(AsyncKernelManager):
    "Kernels of the Python that runs this script, whatever kernels are registered on the machine."

    kernel_spec = KernelSpec(
        display_name="python3",
        language="python",
        argv=[
            sys.executable,
            "-m",
            "ipykernel_launcher",
            "-f",
            "{connection_file}",
            "--log-level=ERROR",
            "--HistoryManager.enabled=False",
        ],
    )


# ---- cells ----


def directives(cell):
    "The `#| name value` lines at the top of a code cell, as a dict."
    found = {}
    for line in cell.source.splitlines() if cell.cell_type == "code" else []:
        if match := DIRECTIVE.match(line):
            found[match[1]] = match[2]
        elif line.strip() and not line.lstrip().startswith("#"):
            break
    return found


def runs(cell, slow):
    "Whether a cell is executed."
    d = directives(cell)
    return (
        cell.cell_type == "code"
        and "notest" not in d
        and d.get("eval", "").lower() != "false"
        and (slow or "slow" not in d)
    )


def only_for_types(node):
    "Whether the body of a statement is read by type checkers only."
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def bound_names(statements):
    "Names that the statements bind; the bodies of functions and classes are not entered."
    names = []
    for node in statements:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.append(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names += [alias.asname or alias.name.split(".")[0] for alias in node.names]
        elif isinstance(node, ast.Delete):
            names = [
                name
                for name in names
                if name not in {ast.unparse(target) for target in node.targets}
            ]
        else:
            targets = [
                target
                for target in [*getattr(node, "targets", []), getattr(node, "target", None)]
                if target
            ]
            names += [
                n.id
                for target in targets
                for n in ast.walk(target)
                if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
            ]
            parts = (
                ("orelse",) if only_for_types(node) else ("body", "handlers", "orelse", "finalbody")
            )
            names += [name for part in parts for name in bound_names(getattr(node, part, []))]
    return list(dict.fromkeys(names))


def as_import(source, module):
    "An exported cell as imports: its own, and one of the names that it defines in `module`."
    body = ast.parse(source).body
    imports = [node for node in body if isinstance(node, (ast.Import, ast.ImportFrom))]
    names = bound_names([node for node in body if node not in imports])
    return "\n".join(
        [ast.unparse(node) for node in imports]
        + [f"from {module} import {', '.join(names)}"] * bool(names)
    )


def as_run(nb, package, slow):
    "A copy of the notebook as it is executed: exported cells are imports, skipped cells are empty."
    nb, default = copy.deepcopy(nb), None
    for cell in nb.cells:
        d = directives(cell)
        default = d.get("default_exp", default)
        exported = next((d[k] or default for k in ("export", "exporti", "exports") if k in d), None)
        if not runs(cell, slow):
            cell.source = ""
        elif exported:
            cell.source = as_import(cell.source, f"{package}.{exported}")
    return nb


def skips_execution(nb):
    "Whether the front matter says `skip_exec: true`."
    front = [
        c.source
        for c in nb.cells
        if c.cell_type == "raw" or c.cell_type == "markdown" and re.search(r"^# ", c.source, re.M)
    ]
    return any(re.search(r"^(?:- +)?skip_exec: *true *$", text, re.M | re.I) for text in front)


# ---- outputs ----


def texts(cell):
    "The texts that a cell shows, as (kind, text) pairs; all that it prints counts as one."
    outputs = cell.get("outputs", [])
    printed = "".join(
        o["text"] for o in outputs if o["output_type"] == "stream" and o["name"] == "stdout"
    )
    shown = [
        (kind, text)
        for o in outputs
        for kind, text in sorted(o.get("data", {}).items())
        if kind.startswith("text/")
    ]
    return [("printed", printed)] * bool(printed.strip()) + shown


def same_text(stored, fresh):
    """Whether two texts agree: words but for white space, numbers up to rounding, addresses not at
    all."""
    stored, fresh = ADDRESS.sub("", stored), ADDRESS.sub("", fresh)
    if ["".join(word.split()) for word in NUMBER.split(stored)] != [
        "".join(word.split()) for word in NUMBER.split(fresh)
    ]:
        return False
    pairs = zip(map(float, NUMBER.findall(stored)), map(float, NUMBER.findall(fresh)))
    return all(math.isclose(a, b, rel_tol=RTOL, abs_tol=TINY) for a, b in pairs)


def stale(stored, fresh):
    "What is stale in the stored outputs of a cell, in words; empty where nothing is."
    stored, fresh = texts(stored), texts(fresh)
    kinds = [[kind for kind, _ in shown] or ["nothing"] for shown in (stored, fresh)]
    if kinds[0] != kinds[1]:
        return f"stored: {', '.join(kinds[0])}\nnow:    {', '.join(kinds[1])}\n" + "\n".join(
            text[:500] for _, text in fresh
        )
    for (kind, old), (_, new) in zip(stored, fresh):
        if not same_text(old, new):
            lines = zip(old.splitlines(), new.splitlines())
            old, new = next((pair for pair in lines if not same_text(*pair)), (old, new))
            return f"stored: {old[:300]}\nnow:    {new[:300]}\n({kind})"
    return ""


def shown(source, text):
    "The source of a cell and the end of a text below it, indented and without colours."
    lines = re.sub(r"\x1b\[[0-9;]*m", "", text).strip("\n").splitlines()
    lines = [*source.splitlines()[:25], "-" * 8, *(["..."] * (len(lines) > 20)), *lines[-20:]]
    return "\n".join("    | " + line for line in lines)


# ---- one notebook ----


def execute(cells, folder, timeout):
    """Run the cells one after the other in a fresh kernel; None, or the number of the cell that
    failed, why, and more."""
    end = time.monotonic() + timeout
    with tempfile.TemporaryDirectory() as temporary, open(Path(temporary) / "log", "w+b") as log:
        # sockets in the file system: free TCP ports may be taken by somebody else meanwhile
        manager = ThisPython(
            connection_file=f"{temporary}/kernel.json",
            transport="ipc" if os.name == "posix" else "tcp",
        )
        client = NotebookClient(
            nbformat.v4.new_notebook(cells=cells), km=manager, coalesce_streams=True
        )
        environment = {
            **os.environ,
            **ENVIRONMENT,
            "IPYTHONDIR": temporary,
        }  # no start-up files of whoever runs this
        i = 0
        try:
            with client.setup_kernel(
                cleanup_kc=True, cwd=str(folder), env=environment, stdout=log, stderr=log
            ):
                for i, cell in enumerate(cells):
                    client.timeout = max(1, int(end - time.monotonic()))
                    client.execute_cell(cell, i)
        except CellExecutionError as error:
            return i, f"{error.ename}: {error.evalue}", error.traceback.rpartition("-" * 75)[2]
        except CellTimeoutError:
            return i, f"not done after {timeout} s", ""
        except RuntimeError as error:  # the kernel died, or did not start
            return i, str(error), Path(log.name).read_text(errors="replace")


def around(cells, data, package):
    """The cells with one before and one after that choose hypothesis's profile and measure
    coverage, and leave no names."""
    before = HYPOTHESIS if any("hypothesis" in cell.source for cell in cells) else ""
    after = ""
    if data:
        before += "".join(
            f"import {name}\n"
            for name in LARGE
            if any(re.search(rf"\b{name}\b", cell.source) for cell in cells)
        )
        options = f"{data!r}, config_file=False, branch=True, source_pkgs=[{package!r}]"
        before += f"import coverage\ncoverage.Coverage({options}).start()"
        after = "import coverage\nc = coverage.Coverage.current()\nc.stop()\nc.save()"
    return [
        nbformat.v4.new_code_cell(f"exec({before!r}, {{}})"),
        *cells,
        nbformat.v4.new_code_cell(f"exec({after!r}, {{}})"),
    ]


def run_notebook(path, args):
    """Execute one notebook and compare or write its outputs: why it fails (empty if it does not),
    details, seconds."""
    start = time.monotonic()
    try:
        reason, details = check_notebook(path, args)
    except (
        Exception
    ) as error:  # it cannot be read, or no kernel starts: this notebook fails, the others go on
        reason, details = f"{type(error).__name__}: {str(error)[:300]}", ""
    return reason, details, time.monotonic() - start


def check_notebook(path, args):
    nb = nbformat.read(path, as_version=4)
    if skips_execution(nb):
        return "", "    (front matter: skip_exec)"
    fresh = as_run(nb, args.package, args.slow)
    data = args.data and str(
        Path(args.data) / (".coverage." + str(path.relative_to(args.nbs)).replace(os.sep, "+"))
    )
    if error := execute(around(fresh.cells, data, args.package), path.parent, args.timeout):
        i, reason, traceback = error
        return f"cell {i}: {reason.splitlines()[0][:120]}", shown(
            nb.cells[i - 1].source if 0 < i <= len(nb.cells) else "", traceback
        )
    if args.write:
        return write(path, nb, fresh, args.slow)
    compared = [
        (i, a, b)
        for i, (a, b) in enumerate(zip(nb.cells, fresh.cells), 1)
        if runs(a, args.slow) and "volatile" not in directives(a)
    ]
    found = [
        f"    cell {i}\n{shown(a.source, text)}" for i, a, b in compared if (text := stale(a, b))
    ]
    return f"stale outputs in {len(found)} cells" if found else "", "\n".join(found[:5])


def is_warning(out):
    "Whether an output is a warning of Python: it names a file of this machine."
    return out.get("name") == "stderr" and re.search(r"\.py:\d+: \w*Warning: ", out["text"])


def write(path, nb, fresh, slow):
    "Store the fresh outputs in the notebook, cleaned as nbdev cleans."
    from nbdev.clean import nbdev_clean

    for old, new in zip(nb.cells, fresh.cells):
        if runs(old, slow):
            old.outputs = [out for out in new.outputs if not is_warning(out)]
    nbformat.write(nb, path)
    nbdev_clean(str(path))
    return "", ""


# ---- all notebooks ----


def notebooks(nbs):
    "All notebooks of the project; what begins with `_` or `.` is none, as for nbdev."
    return sorted(
        p
        for p in nbs.rglob("*.ipynb")
        if not any(part.startswith(("_", ".")) for part in p.relative_to(nbs).parts)
    )


def package_folder(args):
    """The folder that the package is imported from; ends the run where that is not the code to be
    tested."""
    spec, source = importlib.util.find_spec(args.package), args.root / args.package
    if spec is None or not spec.origin:
        sys.exit(f"{args.package} is not installed: {INSTALL}")
    folder = Path(spec.origin).resolve().parent
    print(f"{args.package} is imported from {folder}", flush=True)
    if folder == source and not args.editable:
        sys.exit(
            f"That is the repository itself. Install the package ({INSTALL}), or say --editable."
        )
    names = {
        p.relative_to(base)
        for base in (folder, source)
        for p in base.rglob("*")
        if p.suffix in (".py", ".pyi", ".typed")
    }
    differ = sorted(
        str(n)
        for n in names
        if not (
            (folder / n).exists()
            and (source / n).exists()
            and filecmp.cmp(folder / n, source / n, shallow=False)
        )
    )
    if differ:
        sys.exit(
            f"The installed package is not the repository's ({', '.join(differ)}). Install again: "
            f"{INSTALL}"
        )
    return folder


def chosen(args):
    "The notebooks to run, and what is wrong with the choice."
    everything, found, wrong = notebooks(args.nbs), set(), []
    for name in args.paths:
        places = {(base / name).resolve() for base in (Path.cwd(), args.root, args.nbs)}
        hits = {p for p in everything if p.match(name) or places & {p, *p.parents}}
        found |= hits
        wrong += [] if hits else [f"{name}: no such notebook"]
    paths = sorted(found) if args.paths else everything
    if args.containing:
        paths = [path for path in paths if mentions(path, args.containing)]
    return paths, wrong


def mentions(path, pattern):
    "Whether a cell of the notebook that is run contains the pattern."
    cells = nbformat.read(path, as_version=4).cells
    return any(runs(cell, slow=False) and re.search(pattern, cell.source) for cell in cells)


def missing(args, n_run):
    """What a run of all notebooks left out: notebooks that are there, and modules whose notebook
    is not."""
    there = notebooks(args.nbs)
    wrong = [f"{n_run} notebooks were run, {args.nbs.name}/ holds {len(there)}"] * (
        n_run < len(there) or not there
    )
    for module in sorted((args.root / args.package).rglob("*.py")):
        made_from = re.search(
            r"^# AUTOGENERATED! DO NOT EDIT! File to edit: (\S+\.ipynb)",
            module.read_text(encoding="utf-8"),
            re.M,
        )
        if made_from and (module.parent / made_from[1]).resolve() not in there:
            wrong.append(f"{module.name} comes from {made_from[1]}, which is missing")
    return wrong


def report_coverage(args, folder):
    "Combine what the kernels measured, print what is missing and why; what is wrong with it."
    import coverage

    with contextlib.chdir(folder.parent):  # so that the table shows short names
        cov = coverage.Coverage(
            str(Path(args.data) / ".coverage"),
            config_file=False,
            branch=True,
            source_pkgs=[args.package],
            omit=["*/_modidx.py"],
        )
        cov.combine([args.data])
        cov.report(show_missing=True, skip_covered=True, skip_empty=True)
        found = Path(args.data) / "coverage.json"
        cov.json_report(outfile=str(found))
    measured = json.loads(found.read_text(encoding="utf-8"))
    print_reasons(args, measured["files"])
    totals, percent = measured["totals"], measured["totals"]["percent_covered"]
    for kind, whole in (("lines", "num_statements"), ("branches", "num_branches")):
        share = 100 * totals[f"covered_{kind}"] / max(totals[whole], 1)
        print(f"{kind} of {args.package} that ran: {share:.1f} %")
    print(f"both together: {percent:.1f} %")
    if percent < args.floor:
        return [f"{percent:.1f} % of lines and branches ran, {args.floor:g} % are the least"]
    return []


def print_reasons(args, files):
    """Count the missing lines by the reasons in tools/not_covered.txt: `reason`, and below it,
    indented, parts of `module.py:function`."""
    listed, reason = {}, ""
    names = args.root / "tools" / "not_covered.txt"
    text = names.read_text(encoding="utf-8") if names.exists() else ""
    for line in text.splitlines():
        if line.startswith("  "):
            listed[line.strip()] = reason
        elif line and not line.startswith("#"):
            reason = line
    counts = Counter()
    for name, file in files.items():
        for function, part in file["functions"].items():
            place = f"{Path(name).as_posix()}:{function}"
            why = next((listed[key] for key in listed if key in place), "no reason is given")
            counts[why] += len(part["missing_lines"])
    for why, count in counts.most_common():
        print(f"{count:5d} lines did not run: {why}" * (count > 0))


def parse(argv):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*", help="notebooks, folders or globs (default: all)")
    parser.add_argument(
        "--containing", metavar="REGEX", help="only notebooks with a code cell that matches"
    )
    parser.add_argument("--slow", action="store_true", help="run the cells marked `#| slow` too")
    parser.add_argument(
        "--write", action="store_true", help="store the fresh outputs instead of comparing"
    )
    parser.add_argument(
        "--coverage",
        action="store_true",
        help="measure which lines and branches of the package the notebooks run",
    )
    parser.add_argument(
        "--floor",
        type=float,
        metavar="PERCENT",
        help="least coverage; implies --coverage (default: COVERAGE_FLOOR, else none)",
    )
    parser.add_argument(
        "--editable",
        action="store_true",
        help="test the repository itself, not an installed package",
    )
    parser.add_argument(
        "-n", "--workers", type=int, default=2, help="notebooks at a time (default 2)"
    )
    parser.add_argument(
        "--timeout", type=int, help="seconds for each notebook (default 600, with --slow 7200)"
    )
    parser.add_argument(
        "--root",
        type=Path,
        default=Path(__file__).parents[1],
        help="folder of the project (default: the one of this script)",
    )
    args = parser.parse_args(argv)
    if args.floor is None:
        args.floor = float(os.environ.get("COVERAGE_FLOOR", 0))
    args.coverage = args.coverage or args.floor > 0
    config = ConfigParser()
    config.read(args.root / "settings.ini", encoding="utf-8")
    args.root, args.package = args.root.resolve(), config["DEFAULT"]["lib_name"]
    args.nbs, args.timeout = (
        args.root / config["DEFAULT"]["nbs_path"],
        args.timeout or (7200 if args.slow else 600),
    )
    return args


def main(argv=None):
    args = parse(argv)
    folder = package_folder(args)
    paths, wrong = chosen(args)
    failed = 0
    with (
        tempfile.TemporaryDirectory() as temporary,
        ThreadPoolExecutor(max(1, args.workers)) as pool,
    ):
        args.data = temporary if args.coverage else None
        running = {pool.submit(run_notebook, path, args): path for path in paths}
        for future in as_completed(running):
            reason, details, seconds = future.result()
            failed += bool(reason)
            print(
                f"{running[future].relative_to(args.root)!s:50} {seconds:6.1f} s  "
                f"{'FAILED: ' + reason if reason else 'passed'}"
            )
            print(details + "\n" * bool(details), end="", flush=True)
        if args.coverage and len(paths) > failed:
            wrong += report_coverage(args, folder)
    wrong += [] if args.paths or args.containing else missing(args, len(running))
    print("".join(f"FAILED: {complaint}\n" for complaint in wrong), end="")
    print(f"{len(paths) - failed} passed, {failed + len(wrong)} failed", flush=True)
    return int(failed + len(wrong) > 0)


if __name__ == "__main__":
    sys.exit(main())
