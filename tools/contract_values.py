"""What the contract puts into arguments, by their kind: the value that the other cells are compared
with, the same value in disguise, values that are refused, odd values.

All numbers are small integers, so that every disguise down to eight bits holds them exactly.
"""

import copy
import decimal
import fractions
import io
import os
import tempfile
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
import torch

import reluframes as rf

W = np.array(
    [[-1, 3, 3], [-1, -1, -2], [-1, -2, 2], [2, 3, -2], [-1, 2, -1], [2, -3, -1]], dtype=float
)
ALPHA = np.array([-1, -1, -1, -2, -1, -2], dtype=float)
X = np.array([[1, 2, -1], [0, 1, 3], [-2, 1, 1], [2, -2, 1], [3, 0, -1]], dtype=float)
Z = np.maximum(X @ W.T - ALPHA, 0)
SAFE = np.array([-13, -2, -7, -4, -6, -11], dtype=float)  # safe on a ball that holds X
FOLDER = Path(tempfile.mkdtemp(prefix="contract"))


# ---- the same array in disguise ----


class Table:
    "Stands for a data frame: turns into an array, counts as a sampler, iterates over its columns."

    def __init__(self, data):
        self.data = np.asarray(data)
        self.shape, self.ndim = self.data.shape, self.data.ndim
        self.columns = [f"column {j}" for j in range(self.data.shape[-1])]

    def __array__(self, dtype=None, copy=None):
        return np.array(self.data, dtype=dtype)

    def to_numpy(self, *args, **kwargs):
        return self.data.copy()

    def sample(self, n=None, **kwargs):
        raise TypeError("rows of a table, not points of a sampler")

    def __len__(self):
        return len(self.data)

    def __iter__(self):
        return iter(self.columns)


class Interface:
    "An object that only has the array interface."

    def __init__(self, data):
        self.data = np.ascontiguousarray(data)
        self.__array_interface__ = self.data.__array_interface__


class Subclass(np.ndarray):
    "An array of another class."


class TensorSubclass(torch.Tensor):
    "A tensor of another class."


def tuples(a):
    return tuple(map(tuples, a)) if np.ndim(a) else float(a)


def every_other(a):
    wide = np.full((*a.shape[:-1], 2 * a.shape[-1]), 99.0)
    wide[..., ::2] = a
    return wide[..., ::2]


def reversed_view(a):
    return a[::-1].copy()[::-1]


def all_reversed(a):
    turn = (slice(None, None, -1),) * a.ndim
    return a[turn].copy()[turn]


def mapped(a):
    handle, path = tempfile.mkstemp(dir=FOLDER)
    os.close(handle)
    held = np.memmap(path, dtype=float, mode="w+", shape=a.shape)
    held[...] = a
    held.flush()
    os.unlink(path)
    return held


def read_only(a):
    a = a.copy()
    a.setflags(write=False)
    return a


def unaligned(a):
    raw = np.zeros(a.nbytes + 1, np.uint8)[1:]
    out = raw.view(float).reshape(a.shape)
    out[...] = a
    return out


def of_objects(kind):
    def make(a):
        out = np.empty(a.shape, dtype=object)
        for i in np.ndindex(a.shape):
            out[i] = kind(a[i])
        return out

    return make


def of_dtype(dtype):
    return lambda a: a.astype(dtype)


def tensor(dtype=torch.float64, **kwargs):
    return lambda a: torch.tensor(np.array(a), dtype=dtype, **kwargs)


def transposed(a):
    axes = tuple(range(a.ndim - 1, -1, -1))
    return torch.tensor(np.array(a)).permute(axes).contiguous().permute(axes)


def with_gaps(a):
    wide = torch.full((*a.shape[:-1], 2 * a.shape[-1]), 99.0, dtype=torch.float64)
    wide[..., ::2] = torch.tensor(np.array(a))
    return wide[..., ::2]


def in_inference(a):
    with torch.inference_mode():
        return torch.tensor(np.array(a))


def negative_bit(a):
    t = torch.complex(torch.zeros(a.shape, dtype=torch.float64), torch.tensor(-np.array(a)))
    return t.conj().imag


def result_of_autograd(a):
    return torch.tensor(np.array(a), requires_grad=True) * 1.0


DISGUISES = {  # name: (array -> the same numbers, digits of the result that stay)
    "list": (np.ndarray.tolist, 9),
    "tuples": (tuples, 9),
    "list of arrays": (list, 9),
    "C order": (np.ascontiguousarray, 9),
    "Fortran order": (np.asfortranarray, 9),
    "every other column": (every_other, 9),
    "first axis reversed": (reversed_view, 9),
    "all axes reversed": (all_reversed, 9),
    "big-endian": (of_dtype(">f8"), 9),
    "float32": (of_dtype("f4"), 9),
    "big-endian float32": (of_dtype(">f4"), 9),
    "float16": (of_dtype("f2"), 9),
    "longdouble": (of_dtype(np.longdouble), 9),
    "int64": (of_dtype("i8"), 9),
    "int32": (of_dtype("i4"), 9),
    "big-endian int16": (of_dtype(">i2"), 9),
    "int8": (of_dtype("i1"), 9),
    "objects: float": (of_objects(float), 9),
    "objects: int": (of_objects(int), 9),
    "objects: Fraction": (of_objects(fractions.Fraction), 9),
    "memory map": (mapped, 9),
    "read-only": (read_only, 9),
    "unaligned": (unaligned, 9),
    "subclass": (lambda a: a.view(Subclass), 9),
    "masked, no mask": (np.ma.masked_array, 9),
    "memoryview": (lambda a: memoryview(np.ascontiguousarray(a)), 9),
    "array interface": (Interface, 9),
    "table": (Table, 9),
    "table, float32": (lambda a: Table(a.astype("f4")), 9),
    "torch float64": (tensor(), 9),
    "torch float32": (tensor(torch.float32), 3),
    "torch float16": (tensor(torch.float16), 3),
    "torch bfloat16": (tensor(torch.bfloat16), 3),
    "torch int64": (tensor(torch.int64), 3),
    "torch int8": (tensor(torch.int8), 3),
    "torch requires_grad": (tensor(requires_grad=True), 9),
    "torch graph": (result_of_autograd, 9),
    "torch Parameter": (lambda a: torch.nn.Parameter(tensor()(a)), 9),
    "torch transposed": (transposed, 9),
    "torch with gaps": (with_gaps, 9),
    "torch inference": (in_inference, 9),
    "torch negative bit": (negative_bit, 9),
    "torch subclass": (lambda a: tensor()(a).as_subclass(TensorSubclass), 9),
}


# ---- what is no array of numbers ----


def with_entry(value):
    def make(a):
        a = np.array(a)
        a.flat[1] = value
        return a

    return make


def masked(a):
    mask = np.zeros(a.shape, bool)
    mask.flat[1] = True
    return np.ma.masked_array(a, mask)


def as_dates(a):
    return np.array(a, dtype="i8").astype("datetime64[s]")


def structured(a):
    return np.array([(1.0, 2.0)] * len(a), dtype=[("a", float), ("b", float)])


def quietly(make):
    "Without what torch says about features that are to change."

    def made(a):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return make(a)

    return made


@quietly
def nested(a):
    return torch.nested.nested_tensor([tensor()(row) for row in np.array(a)])


@quietly
def quantized(a):
    return torch.quantize_per_tensor(tensor(torch.float32)(a), 1.0, 0, torch.qint8)


BAD_ARRAYS = {
    "None": lambda a: None,
    "text": lambda a: "numbers",
    "bytes": lambda a: b"12345678",
    "dict": lambda a: {0: a},
    "set": lambda a: {1.0, 2.0},
    "function": lambda a: len,
    "class": lambda a: np.ndarray,
    "object": lambda a: object(),
    "ragged": lambda a: [[1.0, 2.0, 3.0], [1.0]],
    "array of text": lambda a: np.asarray(a).astype(str),
    "objects: text": of_objects(str),
    "objects: None": of_objects(lambda value: None),
    "complex": lambda a: np.asarray(a) + 1j,
    "torch complex": lambda a: torch.tensor(np.asarray(a) + 1j),
    "nan": with_entry(np.nan),
    "-inf": with_entry(-np.inf),
    "torch nan": lambda a: torch.tensor(with_entry(np.nan)(a)),
    "longdouble above float64": lambda a: with_entry(np.longdouble("1e400"))(
        np.asarray(a, dtype=np.longdouble)
    ),
    "dates": as_dates,
    "structured": structured,
    "masked": masked,
    "sparse": lambda a: scipy.sparse.csr_matrix(np.atleast_2d(a)),
    "torch sparse": lambda a: tensor()(a).to_sparse(),
    "torch meta": lambda a: torch.empty(a.shape, device="meta"),
    "torch nested": nested,
    "torch quantized": quantized,
    "wrong last axis": lambda a: np.concatenate([a, a], -1),
}


def without(table, *names):
    "A table without some of its entries; all of them must be there."
    left = dict(table)
    for name in names:
        del left[name]
    return left


BAD_MATRICES = without(BAD_ARRAYS, "wrong last axis") | {
    "+inf": with_entry(np.inf),
    "a number": lambda a: 1.0,
    "one axis": lambda a: a[0],
    "three axes": lambda a: a[None],
    "no rows": lambda a: a[:0],
    "no columns": lambda a: a[:, :0],
}
BAD_POINTS = BAD_ARRAYS | {
    "+inf": with_entry(np.inf),
    "a number": lambda a: 1.0,
    "no columns": lambda a: a[..., :0],
}
BAD_BIASES = without(BAD_ARRAYS, "torch nested") | {
    "two axes": lambda a: a[None],
    "empty": lambda a: a[:0],
}


# ---- legal, but unusual ----


def repeated(a):
    return np.concatenate([a, a, 2 * a])


SCALED = {
    "times 1e-300": lambda a: a * 1e-300,
    "times 1e-160": lambda a: a * 1e-160,
    "times 1e160": lambda a: a * 1e160,
    "times 1e300": lambda a: a * 1e300,
    "subnormal": lambda a: a * 5e-324,
    "negative zeros": lambda a: -0.0 * np.abs(a),
    "torch float32 times 1e30": lambda a: torch.tensor(a * 1e30, dtype=torch.float32),
    "torch float32 times 1e-30": lambda a: torch.tensor(a * 1e-30, dtype=torch.float32),
}
ODD_MATRICES = {
    "m < n": lambda a: a[:2],
    "m = n": lambda a: a[:3],
    "one row": lambda a: a[:1],
    "all zero": lambda a: 0 * a,
    "two zero rows": lambda a: a * (np.arange(len(a)) > 1)[:, None],
    "a zero column": lambda a: a * (np.arange(a.shape[1]) > 0),
    "rank one": lambda a: np.outer(a[:, 0], a[0]),
    "rank two": lambda a: a[:, :1] * a[0] + a[:, 1:2] * a[1],
    "rows repeated": repeated,
    "opposite rows": lambda a: np.concatenate([a[:3], -a[:3]]),
    "nearly dependent": lambda a: a[:, :1] * a[0] + 1e-13 * a,
    "one row 1e200": lambda a: a * np.where(np.arange(len(a)) == 0, 1e200, 1)[:, None],
    "one row 1e-200": lambda a: a * np.where(np.arange(len(a)) == 0, 1e-200, 1)[:, None],
} | SCALED
ODD_POINTS = {
    "no points": lambda a: a[:0],
    "one point": lambda a: a[:1],
    "zero": lambda a: 0 * a,
    "all the same": lambda a: a[[0, 0, 0, 0]],
} | SCALED
ODD_BIASES = {
    "zero": lambda a: 0 * a,
    "positive": lambda a: -a,
    "one number": lambda a: -1.0,
    "0-d array": lambda a: np.array(-1.0),
    "+inf everywhere": lambda a: a + np.inf,
    "+inf once": with_entry(np.inf),
    "subnormal": lambda a: a * 5e-324,
    "times 1e-300": lambda a: a * 1e-300,
    "times 1e160": lambda a: a * 1e160,
    "times 1e300": lambda a: a * 1e300,
    "one entry 1e300": with_entry(1e300),
    "one entry -1e300": with_entry(-1e300),
}


# ---- counts, numbers, seeds, words ----


class Index:
    "An object that is a whole number by Python's own protocol."

    def __init__(self, k):
        self.k = k

    def __index__(self):
        return self.k


WHOLE = {
    name: (make, 9)
    for name, make in {
        "int8": np.int8,
        "int16": np.int16,
        "int32": np.int32,
        "int64": np.int64,
        "uint8": np.uint8,
        "uint16": np.uint16,
        "uint32": np.uint32,
        "uint64": np.uint64,
        "0-d array": np.array,
        "0-d int8 array": lambda k: np.array(k, dtype=np.int8),
        "torch 0-d": torch.tensor,
        "torch 0-d int16": lambda k: torch.tensor(k, dtype=torch.int16),
        "__index__": Index,
    }.items()
}
REAL = {
    "int8": (np.int8, 9),
    "int16": (np.int16, 9),
    "int32": (np.int32, 9),
    "int": (int, 9),
    "float64": (np.float64, 9),
    "float32": (np.float32, 6),
    "float16": (np.float16, 9),
    "longdouble": (np.longdouble, 9),
    "Fraction": (fractions.Fraction, 9),
    "Decimal": (decimal.Decimal, 9),
    "0-d array": (np.array, 9),
    "0-d float32 array": (lambda r: np.array(r, dtype="f4"), 6),
    "torch 0-d": (torch.tensor, 6),
    "torch 0-d bfloat16": (lambda r: torch.tensor(r, dtype=torch.bfloat16), 9),
    "torch requires_grad": (lambda r: torch.tensor(float(r), requires_grad=True), 6),
}
BAD_NUMBERS = {
    "None": lambda r: None,
    "text": lambda r: "1",
    "bytes": lambda r: b"1",
    "list": lambda r: [r],
    "tuple": lambda r: (r,),
    "array": lambda r: np.array([r, r]),
    "array of one": lambda r: np.array([r]),
    "dict": lambda r: {},
    "complex": lambda r: complex(r),
    "complex64": lambda r: np.complex64(r),
    "nan": lambda r: float("nan"),
    "float32 nan": lambda r: np.float32("nan"),
    "Decimal nan": lambda r: decimal.Decimal("nan"),
    "date": lambda r: np.datetime64("2020"),
    "time": lambda r: np.timedelta64(1, "s"),
    "object": lambda r: object(),
    "class": lambda r: int,
    "function": lambda r: len,
    "torch vector": lambda r: torch.tensor([r, r]),
    "torch meta": lambda r: torch.empty((), device="meta"),
}
BAD_COUNTS = BAD_NUMBERS | {
    "minus one": lambda k: -1,
    "a half": lambda k: k + 0.5,
    "float": float,
    "float64": np.float64,
    "Fraction": fractions.Fraction,
    "inf": lambda k: float("inf"),
    "True": lambda k: True,
    "bool_": lambda k: np.True_,
    "int8 minus one": lambda k: np.int8(-1),
    "-2**70": lambda k: -(2**70),
}
BAD_POSITIVES = BAD_NUMBERS | {
    "minus one": lambda r: -1.0,
    "inf": lambda r: float("inf"),
    "-inf": lambda r: -float("inf"),
    "True": lambda r: True,
    "bool_": lambda r: np.True_,
    "int8 minus one": lambda r: np.int8(-1),
    "10**400": lambda r: 10**400,
}
NO_SEEDS = "0-d array", "0-d int8 array", "torch 0-d", "torch 0-d int16", "__index__"
SEEDS = without(WHOLE, *NO_SEEDS) | {
    "Generator": (np.random.default_rng, 9),
}
BAD_SEEDS = without(BAD_NUMBERS, "None") | {
    "minus one": lambda r: -1,
    "a half": lambda r: 0.5,
    "True": lambda r: True,
    "RandomState": lambda r: np.random.RandomState(0),  # noqa: NPY002
    "module": lambda r: np.random,
    "int8 minus one": lambda r: np.int8(-1),
}
ODD_SEEDS = {
    "None": lambda r: None,
    "2**70": lambda r: 2**70,
    "torch.Generator": lambda r: torch.Generator().manual_seed(0),
    "Philox": lambda r: np.random.Generator(np.random.Philox(0)),
}
BAD_WORDS = {
    "another word": lambda w: "something else",
    "empty": lambda w: "",
    "None": lambda w: None,
    "number": lambda w: 0,
    "True": lambda w: True,
    "bytes": lambda w: b"word",
    "list": lambda w: [w],
    "dict": lambda w: {},
    "array": lambda w: np.array([w, w]),
    "object": lambda w: object(),
    "capitals": str.upper,
}


# ---- layers, networks, domains, sources ----


def linear(weight=W, alpha=ALPHA, dtype=torch.float64):
    layer = torch.nn.Linear(weight.shape[1], weight.shape[0], dtype=dtype)
    with torch.no_grad():
        layer.weight.copy_(torch.as_tensor(np.array(weight)))
        layer.bias.copy_(torch.as_tensor(0 - np.array(alpha)))
    return layer


class LinearSubclass(torch.nn.Linear):
    "A linear layer of another class."


def linear_subclass(layer):
    layer = copy.deepcopy(layer)
    layer.__class__ = LinearSubclass
    return layer


class Same(torch.nn.Module):
    "A parametrisation that changes nothing."

    def forward(self, weight):
        return weight * 1.0

    def right_inverse(self, weight):
        return weight


def parametrized(layer):
    layer = copy.deepcopy(layer)
    torch.nn.utils.parametrize.register_parametrization(layer, "weight", Same())
    return layer


def changed(change):
    def make(layer):
        layer = copy.deepcopy(layer)
        change(layer)
        return layer

    return make


def transposed_weight(layer):
    layer.weight = torch.nn.Parameter(layer.weight.detach().T.contiguous().T)


def with_grad(layer):
    layer.weight.grad = torch.ones_like(layer.weight)


LINEARS = {
    "float32": (lambda layer: copy.deepcopy(layer).float(), 3),
    "no gradient": (changed(lambda layer: layer.requires_grad_(False)), 9),
    "eval": (changed(lambda layer: layer.eval()), 9),
    "subclass": (linear_subclass, 9),
    "transposed weight": (changed(transposed_weight), 9),
    "parametrized": (parametrized, 9),
    "with .grad": (changed(with_grad), 9),
    "channels last": (changed(lambda layer: layer.to(memory_format=torch.preserve_format)), 9),
}


def with_weight(value):
    def change(layer):
        with torch.no_grad():
            layer.weight[0, 0] = value

    return changed(change)


def with_bias(value):
    def change(layer):
        with torch.no_grad():
            layer.bias[0] = value

    return changed(change)


BAD_LAYERS = {
    "None": lambda layer: None,
    "text": lambda layer: "layer",
    "number": lambda layer: 3,
    "class": lambda layer: torch.nn.Linear,
    "ReLU": lambda layer: torch.nn.ReLU(),
    "function": lambda layer: torch.nn.functional.relu,
    "Bilinear": lambda layer: torch.nn.Bilinear(3, 3, 6),
    "lazy": lambda layer: torch.nn.LazyLinear(6),
    "dict": lambda layer: {"weight": W},
    "meta": lambda layer: torch.nn.Linear(3, 6, device="meta"),
    "complex": lambda layer: torch.nn.Linear(3, 6, dtype=torch.complex64),
    "weight nan": lambda layer: with_weight(float("nan"))(linear()),
    "weight inf": lambda layer: with_weight(float("inf"))(linear()),
    "bias nan": lambda layer: with_bias(float("nan"))(linear()),
    "bias +inf": lambda layer: with_bias(float("inf"))(linear()),
}
BAD_PAIRS = BAD_LAYERS | {
    "W alone": lambda layer: W,
    "three arrays": lambda layer: (W, ALPHA, ALPHA),
    "one array": lambda layer: (W,),
    "turned round": lambda layer: (ALPHA, W),
    "alpha too short": lambda layer: (W, ALPHA[:-1]),
    "alpha None": lambda layer: (W, None),
    "alpha text": lambda layer: (W, "zero"),
    "alpha complex": lambda layer: (W, ALPHA + 1j),
    "alpha dates": lambda layer: (W, as_dates(ALPHA)),
    "alpha masked": lambda layer: (W, masked(ALPHA)),
    "alpha nan": lambda layer: (W, with_entry(np.nan)(ALPHA)),
    "alpha -inf": lambda layer: (W, with_entry(-np.inf)(ALPHA)),
    "W text": lambda layer: ("W", ALPHA),
    "W complex": lambda layer: (W + 1j, ALPHA),
    "W nan": lambda layer: (with_entry(np.nan)(W), ALPHA),
    "W masked": lambda layer: (masked(W), ALPHA),
    "W three axes": lambda layer: (W[None], ALPHA),
}
LAYERS = {
    f"pair, {name}": (lambda layer, make=make: (make(layer[0]), make(layer[1])), digits)
    for name, (make, digits) in DISGUISES.items()
} | {
    "list": (lambda layer: list(layer), 9),
    "ReLULayer": (lambda layer: rf.ReLULayer(*layer), 9),
    "Linear": (lambda layer: linear(*layer), 9),
    "Linear float32": (lambda layer: linear(*layer).float(), 3),
    "Linear subclass": (lambda layer: linear_subclass(linear(*layer)), 9),
    "Linear parametrized": (lambda layer: parametrized(linear(*layer)), 9),
    "torch W, NumPy alpha": (lambda layer: (tensor()(layer[0]), layer[1]), 9),
    "NumPy W, torch alpha": (lambda layer: (layer[0], tensor()(layer[1])), 9),
}


def odd_layer(make_weight, make_bias):
    def make(layer):
        weight = make_weight(W)
        bias = make_bias(ALPHA)
        if np.ndim(bias) and len(bias) != len(weight):
            bias = np.resize(ALPHA, len(weight))
        return weight, bias

    return make


def itself(a):
    return a


ODD_LAYERS = (
    {f"W {name}": odd_layer(make, itself) for name, make in ODD_MATRICES.items()}
    | {f"alpha {name}": odd_layer(itself, make) for name, make in ODD_BIASES.items()}
    | {
        "both times 1e-300": lambda layer: (W * 1e-300, ALPHA * 1e-300),
        "both times 1e160": lambda layer: (W * 1e160, ALPHA * 1e160),
        "both times 1e300": lambda layer: (W * 1e300, ALPHA * 1e300),
        "one column": lambda layer: (W[:, :1], ALPHA),
        "alpha 0, m < n": lambda layer: (W[:2], 0.0),
    }
)


def odd_linear(make):
    def built(layer):
        weight, bias = make(layer)
        bias = np.broadcast_to(np.asarray(bias, dtype=float), (len(weight),))
        kind = torch.float32 if torch.is_tensor(weight) else torch.float64
        return linear(np.asarray(weight), bias, kind)

    return built


ODD_LINEARS = {
    name: odd_linear(make) for name, make in ODD_LAYERS.items() if name != "one column"
} | {"no bias": lambda layer: torch.nn.Linear(3, 6, bias=False, dtype=torch.float64)}


def network():
    first, second = linear(), torch.nn.Linear(6, 2, dtype=torch.float64)
    with torch.no_grad():
        second.weight.copy_(torch.tensor([[1, 0, -1, 2, 0, 1], [0, 1, 1, 0, -2, 1]]))
        second.bias.copy_(torch.tensor([1, -1]))
    return torch.nn.Sequential(first, torch.nn.ReLU(), second)


MODELS = {
    "float32": (lambda model: network().float(), 3),
    "eval": (lambda model: network().eval(), 9),
    "no gradient": (lambda model: network().requires_grad_(False), 9),
    "with .grad": (changed(lambda model: with_grad(model[0])), 9),
    "parametrized": (changed(lambda m: m.__setitem__(0, parametrized(m[0]))), 9),
}
BAD_MODELS = {
    "None": lambda model: None,
    "text": lambda model: "model",
    "number": lambda model: 3,
    "class": lambda model: torch.nn.Sequential,
    "function": lambda model: torch.relu,
    "array": lambda model: W,
    "list": lambda model: list(network()),
    "meta": lambda model: network().to("meta"),
    "weight nan": changed(lambda model: model[0].weight.data.fill_(float("nan"))),
}
ODD_MODELS = {
    "weights zero": changed(lambda model: model[0].weight.data.zero_()),
    "weights times 1e200": changed(lambda model: model[0].weight.data.mul_(1e200)),
    "weights times 1e-200": changed(lambda model: model[0].weight.data.mul_(1e-200)),
    "a bias of -1e300": changed(lambda model: model[0].bias.data[:1].fill_(-1e300)),
    "no bias": changed(lambda model: setattr(model[0], "bias", None)),
}


def conv(dtype=torch.float64):
    layer = torch.nn.Conv1d(1, 3, 2, dtype=dtype)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([[[1, 2]], [[-1, 1]], [[-2, -1]]]))
        layer.bias.copy_(torch.tensor([1, 1, 2]))
    return layer


def conv_layer():
    return rf.ConvLayer.from_conv(conv(), (1, 5))


IMAGES = np.array([[[1, 2, -1, 0, 3]], [[0, 1, 1, -2, 1]]], dtype=float)

BAD_CONVS = {
    "None": lambda layer: None,
    "text": lambda layer: "layer",
    "pair": lambda layer: (W, ALPHA),
    "ReLULayer": lambda layer: rf.ReLULayer(W, ALPHA),
    "Linear": lambda layer: linear(),
    "Conv1d": lambda layer: conv(),
    "class": lambda layer: rf.ConvLayer,
}

BOX = rf.Box([-1, -2, -1], [2, 1, 2])
BAD_DOMAINS = {
    "None": lambda d: None,
    "text": lambda d: "ball",
    "number": lambda d: 1.0,
    "points": lambda d: X,
    "class": lambda d: rf.Ball,
    "dict": lambda d: {"n": 3},
    "pair": lambda d: (-1.0, 1.0),
    "another dimension": lambda d: rf.Ball(2),
    "sampler": lambda d: rf.SmoothedData(X, 1.0),
}
ODD_DOMAINS = {
    "nonnegative ball": lambda d: rf.Ball(3, 2, nonnegative=True),
    "sphere": lambda d: rf.Sphere(3),
    "nonnegative sphere": lambda d: rf.Sphere(3, nonnegative=True),
    "shell": lambda d: rf.Shell(3, 1, 2),
    "box": lambda d: BOX,
    "box without interior": lambda d: rf.Box([0, 0, 1], [1, 1, 1]),
    "box of one point": lambda d: rf.Box([1, 1, 1], [1, 1, 1]),
    "polyhedron": lambda d: rf.Polyhedron(np.vstack([np.eye(3), -np.eye(3)]), np.ones(6)),
    "unbounded polyhedron": lambda d: rf.Polyhedron(np.eye(3), np.ones(3)),
    "around": lambda d: rf.Around(X, 0.5),
    "around, radius 0": lambda d: rf.Around(X, 0),
    "ball 1e-300": lambda d: rf.Ball(3, 1e-300),
    "ball 1e300": lambda d: rf.Ball(3, 1e300),
    "box 1e300": lambda d: rf.Box(np.full(3, -1e300), np.full(3, 1e300)),
    "shell 1e-300 to 1e300": lambda d: rf.Shell(3, 1e-300, 1e300),
}


def loader(points, **kwargs):
    data = torch.utils.data.TensorDataset(torch.tensor(points), torch.zeros(len(points)))
    return torch.utils.data.DataLoader(data, batch_size=2, generator=torch.Generator(), **kwargs)


SOURCES = DISGUISES | {
    "list of batches": (lambda a: [a[:2], a[2:]], 9),
    "tuple of batches": (lambda a: (a[:2], a[2:]), 9),
    "generator": (lambda a: (a[i : i + 2] for i in range(0, len(a), 2)), 9),
    "iterator of rows": (lambda a: iter(list(a)), 9),
    "iterator of tensors": (lambda a: iter(torch.tensor(a).split(2)), 9),
    "pairs with labels": (lambda a: [(a[:2], np.zeros(2)), (a[2:], np.zeros(3))], 9),
    "DataLoader": (loader, 9),
    "mixed batches": (lambda a: [a[:2], torch.tensor(a[2:]), a[:0]], 9),
}


class Sampler:
    "A sampler of the caller."

    n = 3

    def __init__(self, draw):
        self.draw = draw

    def sample(self, size, rng=None):
        return self.draw(size)


def boom(first):
    yield first
    raise KeyError("the caller's own error")


def failing_sampler(size):
    raise KeyError("the caller's own error")


SOURCE_FAULTS = {
    "empty list": lambda a: [],
    "empty iterator": lambda a: iter([]),
    "empty array": lambda a: a[:0],
    "empty batches": lambda a: [a[:0], a[:0]],
    "nan in the second batch": lambda a: [a, with_entry(np.nan)(a)],
    "text in the second batch": lambda a: [a, "points"],
    "None in the second batch": lambda a: [a, None],
    "dimension changes": lambda a: [a, a[:, :2]],
    "sampler: (0, n)": lambda a: Sampler(lambda size: a[:0]),
    "sampler: too few": lambda a: Sampler(lambda size: np.ones((size - 1, 3))),
    "sampler: too many": lambda a: Sampler(lambda size: np.ones((size + 1, 3))),
    "sampler: transposed": lambda a: Sampler(lambda size: np.ones((3, size + 1))),
    "sampler: nan": lambda a: Sampler(lambda size: np.full((size, 3), np.nan)),
    "sampler: text": lambda a: Sampler(lambda size: "points"),
    "sampler: None": lambda a: Sampler(lambda size: None),
    "sampler: list": lambda a: Sampler(lambda size: [1.0, 2.0]),
}
SOURCE_RAISES = {
    "generator raises": lambda a: boom(a),
    "sampler raises": lambda a: Sampler(failing_sampler),
}


def loaded(a):
    "A zip archive that holds no numbers."
    file = io.BytesIO()
    np.savez(file, alpha=np.array([object()], dtype=object))
    return file.getvalue()


def file_with(content, name):
    def make(path):
        out = FOLDER / name
        out.write_bytes(content(path) if callable(content) else content)
        return out

    return make


PATHS = {"str": (str, 9), "bytes": (os.fsencode, 9), "Path": (Path, 9)}
BAD_FILES = {
    "None": lambda p: None,
    "number": lambda p: 3,
    "list": lambda p: [p],
    "missing": lambda p: FOLDER / "missing",
    "folder": lambda p: FOLDER,
    "empty text": lambda p: "",
    "null character": lambda p: "a\0b",
    "empty file": file_with(b"", "empty"),
    "a text": file_with(b"some text", "text"),
    "cut off": file_with(lambda path: Path(path).read_bytes()[:-20], "short"),
    "objects": file_with(loaded, "objects.npz"),
}


BAD_NAMES = without(BAD_FILES, "missing", "empty file", "a text", "cut off", "objects")


# ---- kinds ----


@dataclass(frozen=True)
class Kind:
    "A kind of argument: what the cells of the contract put there."

    base: Any  # () -> value
    disguises: dict = field(default_factory=dict)  # name: (value -> the same value, digits)
    bad: dict = field(default_factory=dict)  # name: value -> a value that is refused
    odd: dict = field(default_factory=dict)  # name: value -> a legal value, or one refused clearly
    narrow: dict = field(default_factory=dict)  # counts and numbers in few bits, as `disguises`
    faults: dict = field(default_factory=dict)  # sources that end, are empty, give nonsense
    raises: dict = field(default_factory=dict)  # sources whose own error must arrive
    names: tuple = ()  # other names that an error may use for the argument
    reason: str = ""  # why there are no cells


def given(value):
    return lambda: value.copy()


TINY_TO_HUGE = {"subnormal": 5e-324, "tiny": 1e-300, "huge": 1e300}
ODD_NUMBERS = {name: lambda r, value=value: value for name, value in TINY_TO_HUGE.items()}
ZERO = {"zero": lambda r: 0.0}
ZEROS = ZERO | {"-0": lambda r: -0.0}
FRACTIONS = without(REAL, "int8", "int16", "int32", "int")
DIGITS = without(FRACTIONS, "float16", "torch 0-d bfloat16")
LABELS = np.array([0, 1, 0, 1, 1])
BAD_LABELS = {
    "None": lambda y: None,
    "text": lambda y: "labels",
    "too short": lambda y: y[:2],
    "negative": lambda y: y - 1,
    "halves": lambda y: y + 0.5,
    "nan": lambda y: y * np.nan,
    "too large": lambda y: y + 5,
    "two axes": lambda y: y[None],
}
FILTERS = np.array([[[1.0, 2]], [[-1, 1]], [[-2, -1]]])
NUMBERS_OF_A_LAYER = "weight nan", "weight inf", "bias nan", "bias +inf"
VECTORS = without(DISGUISES, "list of arrays")
BAD_VECTORS = without(BAD_POINTS, "torch nested")


def in_one_row(make):
    return lambda a: make(a[None])[0]


def logits():
    return network()(torch.tensor(X)).detach().numpy()


ODD_VECTORS = {name: in_one_row(make) for name, make in ODD_POINTS.items()}
ODD_VECTORS = without(ODD_VECTORS, "no points", "all the same")
BAD_IMAGES = without(BAD_POINTS, "sparse", "ragged")

KINDS = {
    "matrix": Kind(given(W), DISGUISES, BAD_MATRICES, ODD_MATRICES, names=("weight",)),
    "points": Kind(given(X), DISGUISES, BAD_POINTS, ODD_POINTS, names=("X", "x", "points")),
    "point": Kind(given(X[0]), VECTORS, BAD_VECTORS, ODD_VECTORS, names=("X", "x")),
    "corner": Kind(given(X[0]), VECTORS, without(BAD_VECTORS, "a number"), names=("X", "x")),
    "outputs": Kind(given(Z), DISGUISES, BAD_POINTS, ODD_POINTS),
    "logits": Kind(logits, DISGUISES, BAD_POINTS, ODD_POINTS),
    "bias": Kind(given(ALPHA), VECTORS, BAD_BIASES, ODD_BIASES),
    "images": Kind(given(IMAGES), DISGUISES, BAD_IMAGES, ODD_POINTS, names=("X",)),
    "filters": Kind(given(FILTERS), DISGUISES, without(BAD_IMAGES, "wrong last axis"), ODD_POINTS),
    "labels": Kind(given(LABELS), {}, BAD_LABELS),
    "example": Kind(
        given(X),
        without(DISGUISES, "list", "tuples", "list of arrays"),
        without(BAD_POINTS, "-inf", "+inf"),
        ODD_POINTS,
        names=("X", "source"),
    ),
    "inputs": Kind(
        given(X), without(DISGUISES, "list of arrays"), BAD_POINTS, ODD_POINTS, names=("example",)
    ),
    "source": Kind(
        given(X),
        SOURCES,
        without(BAD_POINTS, "sparse"),
        ODD_POINTS,
        faults=SOURCE_FAULTS,
        raises=SOURCE_RAISES,
        names=("points", "X", "sample", "source"),
    ),
    "layer": Kind(
        lambda: (W.copy(), ALPHA.copy()),
        LAYERS,
        BAD_PAIRS,
        ODD_LAYERS,
        names=("W", "weight", "alpha", "bias", "linear"),
    ),
    "linear": Kind(
        linear,
        LINEARS,
        BAD_LAYERS,
        ODD_LINEARS,
        names=("weight", "bias", "alpha", "W", "layer", "linear"),
    ),
    "conv": Kind(conv_layer, {}, BAD_CONVS),
    "convolution": Kind(
        conv,
        {"float32": (lambda c: conv(torch.float32), 3)},
        without(BAD_LAYERS, *NUMBERS_OF_A_LAYER),
        names=("weight",),
    ),
    "model": Kind(network, MODELS, BAD_MODELS, ODD_MODELS, names=("weight", "W", "bias")),
    "domain": Kind(lambda: rf.Ball(3, 0.5), {}, BAD_DOMAINS, ODD_DOMAINS),
    "count": Kind(lambda: 5, {}, BAD_COUNTS, narrow=WHOLE),
    "positive": Kind(lambda: 2.0, {}, BAD_POSITIVES | ZERO, ODD_NUMBERS, REAL),
    "nonnegative": Kind(lambda: 1.0, {}, BAD_POSITIVES, ODD_NUMBERS | ZEROS, REAL),
    "number": Kind(
        lambda: 1.0, {}, without(BAD_POSITIVES, "minus one", "int8 minus one"), ODD_NUMBERS, REAL
    ),
    "tolerance": Kind(lambda: 1e-9, {}, BAD_POSITIVES | ZERO, ODD_NUMBERS, DIGITS),
    "seconds": Kind(
        lambda: 60.0, {}, without(BAD_POSITIVES, "inf", "10**400"), ODD_NUMBERS | ZEROS, REAL
    ),
    "share": Kind(
        lambda: 0.5,
        {},
        BAD_POSITIVES | ZERO | {"one": lambda r: 1.0},
        {"tiny": lambda r: 1e-300, "nearly one": lambda r: 1 - 2**-53},
        FRACTIONS,
    ),
    "rng": Kind(lambda: 0, {}, BAD_SEEDS, ODD_SEEDS, SEEDS),
    "word": Kind(lambda: "", {"str_": (np.str_, 9)}, BAD_WORDS),
    "file": Kind(lambda: None, PATHS, BAD_FILES),
    "new file": Kind(lambda: FOLDER / "new", PATHS, BAD_NAMES),
    "flag": Kind(lambda: False, reason="its truth value is taken, whatever it is"),
    "label": Kind(lambda: "", reason="a text that is shown, or a name that is looked up"),
    "axes": Kind(lambda: None, reason="axes of matplotlib"),
    "other": Kind(lambda: None, reason="made by the package, or a callable of the caller"),
}
