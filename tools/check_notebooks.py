#!/usr/bin/env python3
"""Check the stored notebooks: sizes, alternative texts of figures, no stored errors, a title and a
description."""

import base64
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOTEBOOK, PICTURE = 1_500_000, 200_000  # bytes
LINE, TUTORIAL_LINE = 100, 85  # characters


def too_wide(source, most):
    """The lines of code that are longer than `most`; directives such as descriptions of figures
    may be."""
    return [line for line in source.splitlines() if len(line) > most and not line.startswith("#|")]


def complaints(path):
    "What is wrong with one notebook."
    size, cells = path.stat().st_size, json.loads(path.read_text(encoding="utf-8"))["cells"]
    if size > NOTEBOOK:
        yield f"{size} bytes, more than {NOTEBOOK}"
    if not re.fullmatch(r"# \S.*\n+(> \S.*\n?)+(\n*- \w+: .*)*", "".join(cells[0]["source"])):
        yield "the first cell is not a `# Title` with a `> description` below it, and nothing else"
    for i, cell in enumerate(cells, 1):
        outputs, source = cell.get("outputs", []), "".join(cell["source"])
        most = TUTORIAL_LINE if "tutorials" in path.parts else LINE
        if cell["cell_type"] == "code" and (wide := too_wide(source, most)):
            example = wide[0].strip()[:50]
            yield f"cell {i}: {len(wide)} lines of more than {most} characters, like {example!r}"
        pictures = [
            text
            for out in outputs
            for kind, text in out.get("data", {}).items()
            if kind == "image/png"
        ]
        largest = max((len(base64.b64decode("".join(text))) for text in pictures), default=0)
        if largest > PICTURE:
            yield f"cell {i}: a figure of {largest} bytes, more than {PICTURE}"
        if pictures and not re.search(r"^#\| *fig-alt: *\S", source, re.M):
            yield f"cell {i}: a figure without `#| fig-alt:`"
        texts = ["".join(out.get("text", "")) for out in outputs]
        if any(re.search(r"\.py:\d+: \w*Warning: |/site-packages/", text) for text in texts):
            yield f"cell {i}: an output with a path of this machine"
        if any(out["output_type"] == "error" for out in outputs):
            yield f"cell {i}: an error is stored as its output"


if __name__ == "__main__":
    found = [
        f"{path.relative_to(ROOT)}: {text}"
        for path in sorted((ROOT / "nbs").rglob("*.ipynb"))
        if ".ipynb_checkpoints" not in path.parts
        for text in complaints(path)
    ]
    for line in found:
        print(line)
    sys.exit(bool(found))
