#!/usr/bin/env python3
"""Make README.md from nbs/index.ipynb, without Quarto; with --check, say whether it is up to date.

Markdown stays as it is, but for relative links, which become links into nbs/. Code is fenced,
its text outputs follow. Hidden cells, raw cells, directives and pictures are left out.
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
MADE = "<!-- made from nbs/index.ipynb by tools/make_readme.py: edit the notebook -->"
DIRECTIVE = re.compile(r"^\s*#\s*\|\s*([\w-]+):?\s*(.*?)\s*$")
LINK = re.compile(r"(\]\()(?![a-z]+:|#|/)([^)\s]+)")


def fenced(text, language=""):
    "A text as a block of code, with a fence that does not occur in it."
    fence = "`" * max(3, 1 + max(map(len, re.findall(r"^`{3,}", text, re.M)), default=0))
    return f"{fence}{language}\n{text.strip(chr(10))}\n{fence}"


def outputs(cell):
    "The text outputs of a cell as Markdown blocks."
    for out in cell["outputs"]:
        data = out.get("data", {})
        if out["output_type"] == "stream" and out["name"] == "stdout":
            yield fenced("".join(out["text"]))
        elif "text/markdown" in data:
            yield "".join(data["text/markdown"]).strip()
        elif "text/plain" in data and not any(kind.startswith("image/") for kind in data):
            yield fenced("".join(data["text/plain"]))


def blocks(cell):
    "A cell as Markdown blocks."
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        yield LINK.sub(r"\1nbs/\2", source).strip()
    if cell["cell_type"] != "code":
        return
    lines = source.split("\n")
    said = {m[1]: m[2].lower() for m in map(DIRECTIVE.match, lines) if m}
    code = "\n".join(line for line in lines if not DIRECTIVE.match(line)).strip("\n")
    if "hide" in said or said.get("include") == "false":
        return
    if code and said.get("echo") != "false":
        yield fenced(code, "python")
    if said.get("output") != "false":
        yield from outputs(cell)


def readme():
    "The text of README.md."
    cells = json.loads((ROOT / "nbs/index.ipynb").read_text(encoding="utf-8"))["cells"]
    return "\n\n".join([MADE, *(block for cell in cells for block in blocks(cell) if block)]) + "\n"


if __name__ == "__main__":
    target = ROOT / "README.md"
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    if not sys.argv[1:]:
        target.write_text(readme(), encoding="utf-8")
    elif not target.exists() or target.read_text(encoding="utf-8") != readme():
        sys.exit("README.md is not what nbs/index.ipynb says: python tools/make_readme.py")
