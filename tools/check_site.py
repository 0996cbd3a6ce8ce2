#!/usr/bin/env python3
"""Make the pages of the site as nbdev hands them to Quarto, in a temporary folder, and look at
each: one complaint a line.

A page has an opening paragraph; its links, those to other pages and their headings too, lead
somewhere; no link shows as raw text; a picture has a text. Every page is in the sidebar once.
Every public name has an entry with all its methods. `--keep FOLDER` leaves the pages there.
"""

import argparse
import ast
import inspect
import json
import os
import re
import sys
import tempfile
import warnings
from pathlib import Path, PurePosixPath

import yaml

ROOT = Path(__file__).parents[1]
NBS = ROOT / "nbs"
PAGE, OPENING = 2_000_000, 80  # bytes; characters
LINK = re.compile(r"(?<!\\)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(\s*<?([^)\s>]+)>?[^)]*\)")
HREF = re.compile(r"""(?:href|src)=["']([^"']+)["']""")
FENCE = re.compile(r"^ *(`{3,})[^\n]*\n.*?^ *\1 *$", re.M | re.S)
SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.S)
EXPLICIT = re.compile(r"""\{#([^\s}]+)|\bid=["']([^"']+)["']""")


# ---- pages ----


def notebooks():
    "The notebooks that become pages."
    return sorted(
        p
        for p in NBS.rglob("*.ipynb")
        if not any(part[0] in "._" for part in p.relative_to(NBS).parts)
    )


def stage(folder):
    "Make all pages; yields a complaint for each that cannot be made."
    os.environ["IN_TEST"] = "1"  # nbdev's own sign that nothing is to be exported
    os.chdir(ROOT)
    from nbdev.processors import FilterDefaults
    from nbdev.serve_drv import exec_nb

    warnings.simplefilter("ignore")
    for path in notebooks():
        target = folder / path.relative_to(NBS)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            exec_nb(path, target, FilterDefaults)
        except Exception as error:
            yield f"{path.relative_to(ROOT)}: the page cannot be made: {error!r}"[:300]
    for path in NBS.rglob("*.qmd"):
        target = folder / path.relative_to(NBS)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())


def shown(cell):
    "The text of a cell that the page shows: Markdown, and Markdown or HTML that code made."
    if cell["cell_type"] == "markdown":
        return "".join(cell["source"])
    kinds = ("text/markdown", "text/html")
    outputs = [out.get("data", {}) for out in cell.get("outputs", [])]
    return "\n\n".join("".join(out[kind]) for out in outputs for kind in kinds if kind in out)


class Page:
    "A page as nbdev hands it on."

    def __init__(self, path, folder):
        self.name = path.relative_to(folder).as_posix()
        self.size, text = path.stat().st_size, path.read_text(encoding="utf-8")
        if path.suffix == ".ipynb":
            self.cells = json.loads(text)["cells"]
            head = "".join(self.cells[0]["source"])
        else:
            _, head, text = re.split(r"^---$", text, maxsplit=2, flags=re.M)
            self.cells = [{"cell_type": "markdown", "source": [text]}]
        self.options = yaml.safe_load(re.sub(r"^---$", "", head, flags=re.M)) or {}
        self.text = "\n\n".join(shown(cell) for cell in self.cells if cell["cell_type"] != "raw")
        self.prose = SPAN.sub(lambda m: f"`{'x' * len(m[2])}`", FENCE.sub("", self.text))

    @property
    def address(self):
        "Where the page is on the site."
        plain = PurePosixPath(self.name).with_suffix(".html")
        return str(plain.with_name(self.options.get("output-file", plain.name)))

    def anchors(self):
        "What a link can name on the page, as Pandoc makes it from headings."
        found = [a or b for a, b in EXPLICIT.findall(FENCE.sub("", self.text))]
        for title in re.findall(r"^#{1,6} +(.*?) *$", FENCE.sub("", self.text), re.M):
            if not EXPLICIT.search(title):
                found.append(identifier(title))
        return found


def identifier(title):
    "Pandoc's identifier of a heading."
    title = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title)
    title = re.sub(r"[*`$\\]", "", title).lower()
    kept = "".join(c for c in title if c.isalnum() or c in "_-. " or c.isspace())
    return re.sub(r"^[^a-zα-ω]+", "", re.sub(r"\s+", "-", kept.strip()))


# ---- complaints ----


def about_text(page):
    "Opening paragraph, raw links, texts of pictures, size."
    if not page.options.get("title") or not page.options.get("description"):
        yield "no title or no description"
    if page.name.endswith(".ipynb"):
        first = next((t for t in map(shown, page.cells[1:]) if t and not t.startswith("<!--")), "")
        if len(first) < OPENING or first.lstrip().startswith(("#", "|", "-", ":::")):
            yield f"it does not open with a paragraph: {first[:40]!r}"
    if page.size > PAGE:
        yield f"{page.size} bytes, more than {PAGE}"
    for match in re.finditer(r"\[[^\[\]]*\[[^\[\]]*\]\([^)]*\)[^\[\]]*\]\(", page.prose):
        yield f"a link within a link: {match[0][:80]!r}"
    for match in [*FENCE.finditer(page.text), *SPAN.finditer(FENCE.sub("", page.text))]:
        raw = re.search(r"\]\((?:https?:|\.\./|#)[^)]*\)", match[0])
        if raw and "\n```markdown" not in match[0]:
            yield f"a link shows as raw text: {raw[0][:80]!r}"
    for cell in page.cells:
        kinds = [kind for out in cell.get("outputs", []) for kind in out.get("data", {})]
        pictured = any(kind.startswith("image/") for kind in kinds)
        if pictured and not re.search(r"^#\| *fig-alt: *\S", "".join(cell["source"]), re.M):
            yield "a figure without `#| fig-alt:`"
    for match in re.finditer(r"\{#[^a-zA-Zα-ωΑ-Ω][^}]*\}", page.prose):
        yield f"Pandoc takes no name that begins so: {match[0][:60]}"
    for match in re.finditer(r"!\[\s*\]\(", page.prose):
        yield f"a picture without a text: {match[0]}"


def about_links(page, by_name, by_address, anchors):
    "Links of a page that lead nowhere."
    explicit = [a or b for a, b in EXPLICIT.findall(FENCE.sub("", page.text))]
    for twice in sorted({a for a in explicit if anchors[page.name].count(a) > 1}):
        yield f"two places with the name #{twice}"
    text = SPAN.sub("", FENCE.sub("", page.text))
    links = [m[2] for m in LINK.finditer(FENCE.sub("", page.text))] + HREF.findall(text)
    for link in dict.fromkeys(links):
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        there = page
        if target:
            place = os.path.normpath(PurePosixPath(page.name).parent / target)
            there = by_name.get(place) or by_address.get(place)
            if there is None and not (NBS / place).is_file():
                yield f"dead link: {link}"
                continue
        if anchor and (there is None or anchor not in anchors[there.name]):
            yield f"dead anchor: {link}"


def about_names(page, public):
    "Names `rf.x` in prose that the package does not have."
    named = re.findall(r"`rf\.(\w+)", FENCE.sub("", page.text))
    for name in sorted(set(named) - public):
        yield f"`rf.{name}` is not a name of the package"


def about_sidebar(pages):
    "Pages that the sidebar does not have, or has twice, and files that the settings name."
    listed = re.findall(
        r"^ *(?:- |href: )([\w/]+\.(?:ipynb|qmd))$",
        (NBS / "sidebar.yml").read_text(encoding="utf-8"),
        re.M,
    )
    for name in sorted({page.name for page in pages} - set(listed) - {"404.qmd"}):
        yield f"{name} is not in the sidebar: python tools/make_sidebar.py"
    for name in sorted({name for name in listed if listed.count(name) > 1}):
        yield f"{name} is in the sidebar twice"
    for name in sorted(set(listed) - {page.name for page in pages}):
        yield f"{name} is in the sidebar, and not there"
    settings = (NBS / "_quarto.yml").read_text(encoding="utf-8")
    named = re.findall(r"^ *(?:favicon|image|css|href): +([\w./]+)$", settings, re.M)
    yield from (f"_quarto.yml: no file {name}" for name in named if not (NBS / name).exists())


def parts_of(cls):
    "The methods and properties of a class that are written in the package, without underscore."
    for name in dir(cls):
        owner = next((c for c in cls.__mro__ if name in vars(c)), None)
        if owner is None or name.startswith("_") or not owner.__module__.startswith("reluframes"):
            continue
        value = inspect.getattr_static(cls, name)
        value = getattr(value, "__func__", getattr(value, "func", value))
        if inspect.isfunction(value) or isinstance(value, property):
            yield name


def about_entries(by_address, anchors):
    "Public names without an entry, or whose entry lacks something."
    import reluframes
    from reluframes.base.site_pages import places

    for name in reluframes.__all__:
        value = getattr(reluframes, name)
        address, _, anchor = places().get(name, "").partition("#")
        page = by_address.get(address)
        if page is None or anchor not in anchors[page.name]:
            yield f"{name}: no entry"
            continue
        entry = re.search(rf"^## {name} {{#{anchor}}}\n(.*?)(?=^## |\Z)", page.text, re.M | re.S)
        if entry is None or "```python" not in entry[1]:
            yield f"{name}: its entry does not show how it is called"
        elif "NoneType" in entry[1]:
            yield f"{name}: its entry speaks of NoneType"
        elif inspect.isclass(value) and f"class {name}" not in entry[1]:
            yield f"{name}: its entry does not say that it is a class"
        for part in parts_of(value) if inspect.isclass(value) else ():
            if f"{name}.{part}".lower() not in map(str.lower, anchors[page.name]):
                yield f"{name}.{part}: no entry"


def complaints(folder):
    "All that is wrong with the pages."
    yield from stage(folder)
    pages = [Page(p, folder) for p in sorted(folder.rglob("*")) if p.suffix in (".ipynb", ".qmd")]
    by_name, by_address = ({getattr(p, k): p for p in pages} for k in ("name", "address"))
    anchors = {page.name: page.anchors() for page in pages}
    stub = ast.parse((ROOT / "reluframes/__init__.pyi").read_text(encoding="utf-8"))
    public = {
        alias.name for node in stub.body if isinstance(node, ast.ImportFrom) for alias in node.names
    } | {"x", "name"}
    for page in pages:
        for text in (
            *about_text(page),
            *about_links(page, by_name, by_address, anchors),
            *about_names(page, public),
        ):
            yield f"{page.name}: {text}"
    yield from about_sidebar(pages)
    yield from about_entries(by_address, anchors)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--keep", type=Path, help="an empty folder for the pages")
    kept = parser.parse_args().keep
    with tempfile.TemporaryDirectory() as temporary:
        found = list(complaints(kept.resolve() if kept else Path(temporary)))
    for line in found:
        print(line)
    sys.exit(bool(found))
