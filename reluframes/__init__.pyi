# The public names and their modules: read by type checkers, and by __init__.py itself.
from .core import NotAFrameError as NotAFrameError
from .core import NotOmnidirectionalError as NotOmnidirectionalError
