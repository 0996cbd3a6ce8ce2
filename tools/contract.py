#!/usr/bin/env python3
"""The contract of the public functions: every argument, in disguise, bad, odd, at every scale.

A row says which kind of value each argument of a public name takes; `cells` puts the values of that
kind (tools/contract_values.py) there, one at a time, and `verdict` says what went wrong.
The rows are in nbs/experiments/contract.ipynb. Run by itself, this file runs them all:
`python tools/contract.py [NAME ...]`.
"""

import argparse
import ast
import contextlib
import dataclasses
import inspect
import json
import os
import random
import re
import signal
import sys
import time
import warnings
import zlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("MPLBACKEND", "agg")

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import scipy.stats  # noqa: F401  # its import changes the filters of warnings
import threadpoolctl
import torch
from contract_values import KINDS

import reluframes as rf
from reluframes.base.saving import replacing
from reluframes.examples.records import run_facts, write_rows

CATEGORIES = ("disguise", "narrow", "bad", "odd", "source", "scale")
PACKAGE = str(Path(rf.__file__).parent)
SECONDS = 10  # of the processor, for one cell
FACTORS = [2.0**p for p in (-996, -664, -332, -100, -17, 17, 100, 332, 664, 963)]  # 1e-300 to 1e290


# ---- rows ----


@dataclass(frozen=True)
class Law:
    "Arguments times powers of c give the result times a power of c."

    powers: dict  # argument: power of c; of a layer two, for W and alpha
    result: Any  # power of c, or one for each part of the result
    of: Callable = lambda result: result  # the part of the result that the law is about


@dataclass(frozen=True)
class Row:
    "A public function or method, the kind of each argument, and what is special."

    name: str
    kinds: dict  # argument: kind
    base: dict = field(default_factory=dict)  # values that differ from those of the kind
    on: Callable | None = None  # () -> the object whose method it is
    call: Callable | None = None  # instead of the function of that name
    read: Callable = lambda result: result  # the part of the result that is compared
    laws: list = field(default_factory=list)
    changes: tuple = ()  # arguments that the function is there to change
    drop: dict = field(default_factory=dict)  # "argument: value" or "value": why it is no cell
    names: dict = field(default_factory=dict)  # argument: other names that an error may use
    drawn: tuple = ()  # arguments whose kind of array decides which random numbers are drawn
    digits: int = 9  # of the result that stay in disguise
    slow: int = 1  # one disguise in so many is tried, where a call takes a part of a second
    says: str = ""  # another pattern of messages, where they have a form of their own
    nan: str = ""  # why the result may hold NaN


@dataclass(frozen=True)
class Cell:
    "One call: a row with one argument (or, for a law, several) replaced."

    row: Row
    argument: str
    category: str
    value: str
    make: Callable
    digits: int = 9

    @property
    def name(self):
        return f"{self.row.name}({self.argument}: {self.value})"


LEFT_OUT = object()  # the argument is not given


def kind_of(row, argument):
    "The kind of an argument; a question mark says that it may be left out, and may be None."
    return KINDS[row.kinds[argument].removesuffix("?")]


def base_value(row, argument):
    "The value of an argument in the call that the others are compared with."
    if argument in row.base:
        value = row.base[argument]
        return value() if callable(value) else value
    if row.kinds[argument].endswith("?") or kind_of(row, argument).reason:
        return LEFT_OUT
    return kind_of(row, argument).base()


def function_of(row):
    "What is called, with all arguments by name."
    if row.call is not None:
        return row.call
    if row.on is not None:
        return getattr(row.on(), row.name.split(".")[1])
    return getattr(rf, row.name)


def call(row, replaced):
    "The result of the row's function, with some arguments replaced, and all arguments."
    given = {a: base_value(row, a) for a in row.kinds if a not in replaced} | replaced
    given = {a: v for a, v in given.items() if v is not LEFT_OUT}
    function = function_of(row)
    return given, lambda: row.read(function(**given))


def dropped(row, argument, value):
    optional = value == "None" and row.kinds.get(argument, "").endswith("?")
    return optional or f"{argument}: {value}" in row.drop or value in row.drop


def cells(row):
    "The cells of a row."
    for argument in row.kinds:
        kind = kind_of(row, argument)
        for category, values in (("disguise", kind.disguises), ("narrow", kind.narrow)):
            for value, (make, digits) in values.items():
                cell = Cell(row, argument, category, value, make, digits)
                if not dropped(row, argument, value) and chosen(cell, row.slow):
                    yield cell
        tables = ("bad", kind.bad), ("odd", kind.odd), ("source", kind.faults | kind.raises)
        for category, values in tables:
            for value, make in values.items():
                if not dropped(row, argument, value):
                    yield Cell(row, argument, category, value, make)
    for law in row.laws:
        for c in FACTORS:
            what = ", ".join(f"{a} c^{p}" for a, p in law.powers.items())
            if not dropped(row, what, f"c = {c:.0e}"):
                yield Cell(row, what, "scale", f"c = {c:.0e}", (law, c))


# ---- what must stay as it is ----


def is_lazy(parameter):
    return isinstance(parameter, torch.nn.parameter.UninitializedParameter)


def parts(value):
    "The arrays, tensors and plain values that something is made of."
    if isinstance(value, dict):
        for key in value:
            yield repr(key)
            yield from parts(value[key])
    elif isinstance(value, (list, tuple)):
        yield len(value)
        for one in value:
            yield from parts(one)
    elif isinstance(value, torch.nn.Module) and any(map(is_lazy, value.parameters())):
        yield "not made yet"
    elif isinstance(value, torch.nn.Module):
        yield len(value._forward_hooks) + len(value._forward_pre_hooks)
        yield from parts({name: module.training for name, module in value.named_modules()})
        for name, one in [*value.named_parameters(), *value.named_buffers()]:
            yield name
            yield one.requires_grad
            yield from parts(one.grad)
            yield from parts(one.detach())
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for f in dataclasses.fields(value):
            yield f.name
            yield from parts(getattr(value, f.name, None))
    elif hasattr(value, "to_numpy"):
        yield from parts(value.data)
    elif isinstance(value, np.generic) and value.dtype.kind in "fiub":
        yield np.asarray(value)
    else:
        yield value


def prints(value):
    "What identifies the bytes of an argument."
    out = []
    for one in parts(value):
        if isinstance(one, torch.Tensor):
            out.append((str(one.dtype), str(one.layout), one.requires_grad))
            if one.is_leaf:
                out.append(one.grad is None)
            if one.device.type != "meta" and not one.is_quantized and not one.is_nested:
                dense = one.detach().to_dense() if one.layout != torch.strided else one.detach()
                kind = dense.double() if dense.dtype == torch.bfloat16 else dense
                out.append(kind.resolve_neg().resolve_conj().numpy().tobytes())
        elif isinstance(one, np.ndarray):
            out.append((one.dtype.str, one.shape, one.strides, one.flags.writeable))
            out.append(repr(one) if one.dtype.hasobject else one.tobytes())
        elif isinstance(one, (str, int, float, bool, bytes, type(None))):
            out.append(repr(one))
    return out


POOLS = threadpoolctl.ThreadpoolController()


def state():
    "What no call may change behind the caller's back."
    rng = np.random.get_state()  # noqa: NPY002
    return {
        "NumPy's global generator": (rng[1].tobytes(), *rng[2:]),
        "torch's global generator": torch.get_rng_state().numpy().tobytes(),
        "Python's global generator": hash(random.getstate()),
        "threads of torch": (torch.get_num_threads(), torch.get_num_interop_threads()),
        "threads of BLAS": tuple(pool["num_threads"] for pool in POOLS.info()),
        "torch's default dtype": torch.get_default_dtype(),
        "torch's grad mode": (torch.is_grad_enabled(), torch.is_inference_mode_enabled()),
        "torch's determinism": torch.are_deterministic_algorithms_enabled(),
        "rcParams": {k: v for k, v in matplotlib.rcParams.items() if k != "backend"},
        "warning filters": list(warnings.filters),
        "NumPy's error state": np.geterr(),
        "print options": repr(np.get_printoptions()),
        "environment": dict(os.environ),
        "working folder": os.getcwd(),
        "interrupt handler": signal.getsignal(signal.SIGINT),
        "sys.path": list(sys.path),
    }


def changes(before, after):
    return [name for name in before if before[name] != after[name]]


# ---- results ----


def leaves(value, depth=0):
    "The numbers, words and shapes that a result is made of, in order."
    if depth > 12:
        return
    if isinstance(value, torch.Tensor):
        yield value.detach().cpu().double().numpy() if value.layout == torch.strided else value
    elif isinstance(value, (np.ndarray, np.generic)):
        yield np.asarray(value)
    elif isinstance(value, (bool, str, type(None))):
        yield value
    elif isinstance(value, (int, float)):
        yield np.asarray(float(value) if abs(value) < 1e300 else value, dtype=float)
    elif isinstance(value, dict):
        for key in value:
            yield from leaves(value[key], depth + 1)
    elif isinstance(value, (list, tuple)):
        yield np.asarray(float(len(value)))
        for one in value:
            yield from leaves(one, depth + 1)
    elif isinstance(value, torch.nn.Module):
        yield from leaves(dict(value.state_dict()), depth + 1)
    elif dataclasses.is_dataclass(value):
        for f in dataclasses.fields(value):
            if f.name not in ("proof", "n_nodes", "state", "domain", "history", "polyhedra"):
                yield from leaves(getattr(value, f.name), depth + 1)


def has_nan(result):
    return any(
        isinstance(leaf, np.ndarray) and leaf.dtype.kind in "fc" and np.isnan(leaf).any()
        for leaf in leaves(result)
    )


def close(a, b, digits):
    "Whether two leaves agree, relative to the largest finite entry."
    if not (isinstance(a, np.ndarray) and isinstance(b, np.ndarray)):
        return type(a) is type(b) and (a == b or isinstance(a, str) and digits < 9)
    if a.shape != b.shape:
        return False
    if a.dtype.kind not in "fiub" or b.dtype.kind not in "fiub":
        return bool((a == b).all())
    a, b = a.astype(float), b.astype(float)
    finite = np.isfinite(a) & np.isfinite(b)
    if not ((a == b) | finite | (np.isnan(a) & np.isnan(b))).all():
        return False
    size = max(np.abs(a[finite]).max(initial=0), np.abs(b[finite]).max(initial=0))
    return bool((np.abs(a[finite] - b[finite]) <= 10.0**-digits * size).all())


def different(result, expected, digits):
    "In words, where two results differ; empty where they do not."
    a, b = list(leaves(result)), list(leaves(expected))
    if len(a) != len(b):
        return f"{len(a)} parts instead of {len(b)}"
    for one, other in zip(a, b):
        if not close(one, other, digits):
            return f"{short(one)} instead of {short(other)}"
    return ""


def short(value):
    return " ".join(str(value).split())[:60]


# ---- one cell ----


class TooLong(BaseException):
    "A call took longer than a cell may."


def ring(number, frame):
    raise TooLong


CLOCKS = {  # seconds: of the processor, so that a busy machine does not count; and of the wall
    signal.ITIMER_PROF: (signal.SIGPROF, SECONDS),
    signal.ITIMER_REAL: (signal.SIGALRM, 20 * SECONDS),
}


@contextlib.contextmanager
def limited():
    "An alarm that no `except Exception` stops."
    before = {number: signal.signal(number, ring) for number, _ in CLOCKS.values()}
    for clock, (_, seconds) in CLOCKS.items():
        signal.setitimer(clock, seconds)
    try:
        yield
    finally:
        for clock in CLOCKS:
            signal.setitimer(clock, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


@dataclass
class Outcome:
    "What a call gave: a result or an error, warnings, and what it changed."

    result: Any = None
    error: BaseException | None = None
    warned: list = field(default_factory=list)
    moved: list = field(default_factory=list)


SLOPPY = (RuntimeWarning, DeprecationWarning, FutureWarning)


def observe(row, replaced):
    "The outcome of a call of the row with some arguments replaced."
    given, run = call(row, replaced)
    watched = {a: v for a, v in given.items() if a not in row.changes}
    before, bytes_before = state(), {a: prints(v) for a, v in watched.items()}
    out = Outcome()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        inner = list(warnings.filters)
        try:
            with limited():
                out.result = run()
        except (Exception, TooLong) as error:
            out.error = error
        out.moved += ["warning filters"] * (inner != list(warnings.filters))
    plt.close("all")
    out.warned = [w for w in caught if sloppy(w)]
    out.moved += changes(before, state())
    out.moved += [f"argument {a}" for a, v in watched.items() if prints(v) != bytes_before[a]]
    return out


def sloppy(warning):
    "Whether a warning says that the package used a library carelessly."
    careless = issubclass(warning.category, SLOPPY) or "not writable" in str(warning.message)
    return careless and "reluframes" not in str(warning.message)


def is_own(error):
    "Whether an error is one that the package raises on purpose."
    last = error.__traceback__
    while last.tb_next is not None:
        last = last.tb_next
    inside = last.tb_frame.f_code.co_filename.startswith(PACKAGE)
    return isinstance(error, ValueError) and inside


def says(cell, error):
    "What an error message lacks; empty where nothing."
    text = str(error)
    if isinstance(error, FILE_ERRORS) or cell.row.says and re.search(cell.row.says, text):
        return ""
    if not re.search(r"expected .*, got ", text, re.S):
        return f"no 'expected ..., got ...': {short(text)}"
    kind = kind_of(cell.row, cell.argument)
    names = {cell.argument, *kind.names, *cell.row.names.get(cell.argument, ())}
    if not any(re.search(rf"\b{name}\b", text.split("expected")[0]) for name in names):
        return f"the argument is not named: {short(text)}"
    return ""


FILE_ERRORS = FileNotFoundError, IsADirectoryError  # Python's own say it best


def unexpected(error):
    if isinstance(error, TooLong):
        return f"not done after {SECONDS} s"
    if is_own(error) or isinstance(error, FILE_ERRORS):
        return ""
    return f"{type(error).__name__}: {short(error)}"


def judge(cell, out, references):
    "What is wrong with the outcome of a cell; empty where nothing is."
    if cell.category == "scale":
        return judge_scale(cell, out, references)
    if cell.value.endswith(" raises"):
        if isinstance(out.error, KeyError):
            return ""
        return f"the caller's error did not arrive: {short(out.error)}"
    if cell.category in ("bad", "source"):
        if out.error is None:
            return f"accepted: {short(out.result)}"
        return unexpected(out.error) or says(cell, out.error)
    if cell.category == "odd":
        if out.error is not None:
            return unexpected(out.error)
        nan = not cell.row.nan and has_nan(out.result)
        return f"NaN: {short(out.result)}" * nan
    if out.error is not None:
        return f"{type(out.error).__name__}: {short(out.error)}"
    digits = min(cell.digits, cell.row.digits)
    if cell.argument in cell.row.drawn and draws_otherwise(cell.value):
        digits = -300
    return different(out.result, references[cell.argument], digits)


def draws_otherwise(value):
    return any(word in value for word in ("torch", "tensor", "Linear", "DataLoader"))


def scaled(value, c, power):
    "A value times a power of c; of a pair (W, alpha), each by its own."
    if isinstance(power, tuple):
        return tuple(scaled(v, c, p) for v, p in zip(value, power))
    if isinstance(value, torch.nn.Module):
        raise TypeError("laws are about arrays")
    if isinstance(value, rf.Ball):
        return rf.Ball(value.n, scaled(value.radius, c, power))
    with np.errstate(over="ignore", under="ignore"):
        return value * np.float64(c) ** power


def exact(value, again):
    "Whether a scaled value is still the value, scaled: no number became 0, inf or subnormal."
    for one, other in zip(leaves(value), leaves(again)):
        if isinstance(one, np.ndarray) and one.dtype.kind in "fiu":
            sizes = np.where(np.isfinite(one), np.abs(one.astype(float)), 0)
            there = sizes > 1e-12 * sizes.max(initial=0)
            now = np.abs(other.astype(float)[there])
            if not ((now > 2.3e-308) & (now < np.inf)).all():
                return False
    return True


def judge_scale(cell, out, references):
    "What is wrong with the result for scaled arguments; a clear error is right at the ends."
    law, c = cell.make
    if out.error is not None:
        if 1e-100 < c < 1e100 or not is_own(out.error):
            return f"{type(out.error).__name__}: {short(out.error)}"
        return ""
    result, expected, powers = law.of(out.result), law.of(references[None]), law.result
    if powers == 0:
        return different(result, expected, 6)
    if not isinstance(powers, tuple):
        result, expected, powers = [result], [expected], [powers]
    expected = [np.asarray(e, dtype=float) for e in expected]
    with np.errstate(all="ignore"):
        wanted = [e * np.float64(c) ** p for e, p in zip(expected, powers)]
    if not exact(expected, wanted):
        return f"no number can be right: {short(out.result)}"
    return different([np.asarray(r, dtype=float) for r in result], wanted, 6)


def replaced_by(cell):
    "The arguments that a cell replaces."
    if cell.category == "scale":
        law, c = cell.make
        base = {a: base_value(cell.row, a) for a in law.powers}
        return {a: scaled(v, c, law.powers[a]) for a, v in base.items()}
    value = reference_value(cell.row, cell.argument)
    return {cell.argument: cell.make(value)}


def reference_value(row, argument):
    "The base value, or that of the kind where the base call leaves the argument out."
    value = base_value(row, argument)
    if value is None or value is LEFT_OUT:
        return kind_of(row, argument).base()
    return value


def references_of(row, arguments):
    "The results that cells are compared with, {argument: result}, and errors in words."
    found, wrong = {}, {}
    for argument in arguments:
        replaced = {}
        if argument is not None:
            replaced = {argument: reference_value(row, argument)}
        out = observe(row, replaced)
        if out.error is not None:
            wrong[argument] = f"{type(out.error).__name__}: {short(out.error)}"
        found[argument] = out.result
    return found, wrong


def compared(cell):
    "The argument whose usual value a cell is compared with; None for a law."
    return None if cell.category == "scale" else cell.argument


def verdict(cell, references):
    "What is wrong with a cell; empty where it holds."
    replaced = replaced_by(cell)
    if cell.category == "scale":
        base = {a: base_value(cell.row, a) for a in replaced}
        if not all(exact(base[a], replaced[a]) for a in replaced):
            return None
    out = observe(cell.row, replaced)
    wrong = judge(cell, out, references)
    warned = [w for w in out.warned if not at_the_edge(cell, w)]
    if not wrong and cell.category not in ("bad", "source") and warned:
        wrong = f"{warned[0].category.__name__}: {short(warned[0].message)}"
    if not wrong and out.moved:
        wrong = "changed: " + ", ".join(out.moved)
    return wrong


def at_the_edge(cell, warning):
    "Whether NumPy warns of numbers where they may be extreme; there the result is looked at."
    return cell.category in ("odd", "scale") and issubclass(warning.category, RuntimeWarning)


def chosen(cell, part):
    "Whether a cell belongs to one in `part`, decided by its name."
    return zlib.crc32(cell.name.encode()) % part == 0


def tried(cell, references):
    "`verdict`, where an error of the cell itself is told apart from one of the package."
    try:
        return verdict(cell, references)
    except Exception as error:
        return f"the cell itself: {type(error).__name__}: {short(error)}"


def run(rows, part=1, told=None):
    """One line of counts for each function, kind and category, and the failing cells in words.

    Of the cells one in `part` is tried; `told` hears of each that fails."""
    counts, bad = defaultdict(lambda: [0, 0]), {}
    for row in rows:
        wanted = [cell for cell in cells(row) if chosen(cell, part)]
        references, wrong = references_of(row, dict.fromkeys(map(compared, wanted)))
        found = {f"{row.name}({argument}: as usual)": text for argument, text in wrong.items()}
        for cell in wanted:
            text = tried(cell, references)
            if text is None:
                continue
            kind = row.kinds[cell.argument].removesuffix("?") if cell.category != "scale" else "law"
            counts[row.name, kind, cell.category][bool(text)] += 1
            found |= {cell.name: text} if text else {}
            if text and told is not None:
                told(f"{cell.name}: {text}")
        bad |= found
    names = "function", "kind", "category", "held", "failed"
    return [dict(zip(names, [*key, *count])) for key, count in counts.items()], bad


# ---- nothing is missing ----


def methods(cls):
    "The public methods of a class that take arguments of the caller."
    for name in dir(cls):
        if name.startswith("_") and name != "__call__":
            continue
        found = inspect.getattr_static(cls, name)
        if isinstance(found, (property,)) or not callable(getattr(cls, name)):
            continue
        yield name


def parameters(thing, bound=False):
    "The names of the parameters of a function, without self."
    try:
        listed = inspect.signature(thing).parameters.values()
    except ValueError:  # an exception, a method of Python itself
        return []
    names = [p.name for p in listed if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)]
    return names[1:] if bound and names[:1] in (["self"], ["cls"]) else names


def missing(rows, without):
    "Public names, methods and parameters that no row covers and no reason excuses."
    have = {row.name: set(row.kinds) for row in rows}
    for name in rf.__all__:
        thing = getattr(rf, name)
        if name not in without:
            for argument in parameters(thing):
                if argument not in have.get(name, ()):
                    yield f"{name}({argument})"
        if inspect.isclass(thing) and not issubclass(thing, Exception):
            for method in methods(thing):
                whole = f"{name}.{method}"
                if whole in without:
                    continue
                for argument in parameters(getattr(thing, method), bound=True):
                    if argument not in have.get(whole, ()):
                        yield f"{whole}({argument})"


# ---- tables ----


def table(counts, by="function"):
    "The counts as text, a line for each function or kind of argument; failures after a slash."
    found = defaultdict(lambda: [0, 0])
    for row in counts:
        for name in (row[by], "all"):
            if name:
                found[name, row["category"]][0] += int(row["held"])
                found[name, row["category"]][1] += int(row["failed"])
    names = [name for name in dict.fromkeys(name for name, _ in found) if name != "all"]
    lines = [by.ljust(30) + "".join(category.rjust(11) for category in CATEGORIES)]
    for name in [*names, "all"]:
        line = name.ljust(30)
        for category in CATEGORIES:
            held, failed = found.get((name, category), (0, 0))
            text = f"{held}" + f" / {failed}" * bool(failed)
            line += (text if held + failed else "").rjust(11)
        lines.append(line.rstrip())
    return "\n".join(lines)


def store(path, counts, bad, seconds):
    "A csv file with the counts, and beside it what the run was and which cells fail."
    write_rows(path, counts)
    held, failed = (sum(int(row[name]) for row in counts) for name in ("held", "failed"))
    facts = {"cells": held + failed, "failed": len(bad), "processor_seconds": round(seconds)}
    with replacing(Path(path).with_suffix(".json"), "w") as file:
        file.write(json.dumps(facts | run_facts() | {"failing": bad}, indent=1) + "\n")


# ---- by itself ----

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = ROOT / "nbs" / "experiments" / "contract.ipynb"


DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.Assign, ast.AugAssign)


def specified():
    "The rows and reasons of the notebook: its cells that only define something."
    names: dict = {}
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and not re.search(r"#\| slow|\brun\(", source):
            if all(isinstance(node, DEFINITIONS) for node in ast.parse(source).body):
                exec(compile(source, str(NOTEBOOK), "exec"), names)
    return names["SPEC"], names["WITHOUT"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="public names; none: all")
    parser.add_argument("--part", type=int, default=1, help="one cell in so many")
    parser.add_argument("--store", help="a csv file for the counts; a json file comes beside it")
    args = parser.parse_args()
    torch.set_num_threads(1)
    rows, without = specified()
    for name in missing(rows, without):
        print("missing:", name)
    if args.names:
        rows = [row for row in rows if any(re.fullmatch(name, row.name) for name in args.names)]
    start = time.process_time()
    counts, bad = run(rows, args.part, lambda text: print(text, flush=True))
    seconds = time.process_time() - start
    print(table(counts))
    print(f"{len(bad)} failing, {seconds:.0f} s of processor time")
    if args.store:
        store(args.store, counts, bad, seconds)
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
