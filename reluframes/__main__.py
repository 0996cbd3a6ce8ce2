"""`python -m reluframes` is the command `reluframes`."""
from .report.command import main

if __name__ == "__main__":
    raise SystemExit(main())
