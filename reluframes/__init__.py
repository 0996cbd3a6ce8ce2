"""Injectivity of ReLU layers: decide it, measure it, invert it, train it.

The public names are listed in `__init__.pyi`; each is imported from its module when it is first used,
so that `import reluframes` stays quick and loads none of the heavy libraries.
"""
__version__ = "0.1.0"

import ast as _ast
from importlib import import_module as _import_module
from pathlib import Path as _Path


def _public_names():
    "The module of every public name, read from the stub that type checkers read too."
    stub = _ast.parse(_Path(__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    return {alias.name: node.module for node in stub.body if isinstance(node, _ast.ImportFrom) for alias in node.names}


_origin = _public_names()
__all__ = sorted(_origin)


def _documented(value):
    from .base.documentation import complete_docstring
    return complete_docstring(value)


def __getattr__(name):
    if name not in _origin:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = _documented(getattr(_import_module(f".{_origin[name]}", __name__), name))
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *__all__})
