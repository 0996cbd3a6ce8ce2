# The public names and their modules: read by type checkers, and by __init__.py itself.
from .core import NotAFrameError as NotAFrameError
from .core import NotOmnidirectionalError as NotOmnidirectionalError
from .frames import FullSpark as FullSpark
from .frames import canonical_dual as canonical_dual
from .frames import frame_bounds as frame_bounds
from .frames import frame_operator as frame_operator
from .frames import full_spark as full_spark
from .frames import greedy_basis as greedy_basis
from .frames import icosahedron as icosahedron
from .frames import is_frame as is_frame
from .frames import is_full_spark as is_full_spark
from .frames import mercedes_benz as mercedes_benz
from .frames import octahedron as octahedron
from .frames import random_frame as random_frame
from .frames import redundancy as redundancy
from .frames import tetrahedron as tetrahedron
