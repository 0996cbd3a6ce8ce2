# The public names and their modules: read by type checkers, and by __init__.py itself.
from .core import NotAFrameError as NotAFrameError
from .core import NotOmnidirectionalError as NotOmnidirectionalError
from .datasets import Dataset as Dataset
from .datasets import load_cifar10 as load_cifar10
from .datasets import load_iris as load_iris
from .datasets import load_mnist as load_mnist
