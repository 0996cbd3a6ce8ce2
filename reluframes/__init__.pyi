# The public names and their modules: read by type checkers, and by __init__.py itself.
from .core import NotAFrameError as NotAFrameError
from .core import NotOmnidirectionalError as NotOmnidirectionalError
from .domains import Around as Around
from .domains import Ball as Ball
from .domains import Box as Box
from .domains import Domain as Domain
from .domains import Polyhedron as Polyhedron
from .domains import Shell as Shell
from .domains import Sphere as Sphere
