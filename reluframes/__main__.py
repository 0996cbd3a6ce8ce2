"""`python -m reluframes` is the command `reluframes`."""
from .report import main

if __name__ == "__main__":
    raise SystemExit(main())
