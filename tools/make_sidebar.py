#!/usr/bin/env python3
"""Make nbs/sidebar.yml: every page of the site, once, in the order in which it is read; with
--check, say whether the file is up to date.

What teaches comes in the order written down here; a new page joins the end of its section.
The reference follows the wings: first the pages for users (they define a public name, or open
the wing), then, in a part of its own that is closed, the pages about what is inside.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
NBS, TARGET = ROOT / "nbs", ROOT / "nbs/sidebar.yml"
MADE = "# made by tools/make_sidebar.py: edit the script, or the notebooks"
TAUGHT = {  # section: (folder, pages in order)
    "Tutorials": (
        "tutorials",
        "your_own_checkpoint what_does_my_cnn_lose two_inputs_it_confuses "
        "how_far_from_losing_information get_the_input_back what_do_activations_give_away "
        "train_an_injective_network repair_a_network watch_it_while_you_train octahedron",
    ),
    "Explanations": (
        "explanations",
        "when_is_a_layer_injective which_method glossary faq what_stands_behind_each_claim "
        "monte_carlo_error stability_of_named_frames stability_of_the_inverse public_names "
        "architecture",
    ),
    "Experiments": (
        "experiments",
        "reproduction chapter_3 chapter_4 chapter_5 chapter_6 chapter_7 slides whole_models "
        "training_defaults mnist_training cifar_training iris_training "
        "injective_by_construction off_the_data phase_diagram exactness_campaign "
        "convolution_agreement",
    ),
    "Benchmarks": (
        "benchmarks",
        "mcbe_speed pbe_speed reconstruction_speed deciding_speed training_cost",
    ),
}
WINGS = {
    "layers": "Layers",
    "deciding": "Deciding",
    "inverting": "Inverting",
    "training": "Training",
    "models": "Whole models",
    "report": "The report",
    "integrations": "Integrations",
    "montecarlo": "Monte Carlo bias",
    "polytopes": "Polytope bias",
    "frames": "Frames",
    "domains": "Domains",
    "plots": "Plots",
    "examples": "Examples",
    "base": "Base",
}
ALL_FOR_USERS = {"integrations", "plots"}


def public_modules():
    "The modules that define a public name."
    stub = (ROOT / "reluframes/__init__.pyi").read_text(encoding="utf-8")
    return set(re.findall(r"^from \.([\w.]+) import", stub, re.M))


def pages(folder):
    "The notebooks of a folder, by name."
    return sorted(p.name for p in (NBS / folder).glob("*.ipynb") if p.name[0] not in "._")


def taught(title, folder, order):
    "The lines of a section with an order of its own."
    rank = {f"{name}.ipynb": k for k, name in enumerate(order.split())}
    names = sorted(pages(folder), key=lambda name: (rank.get(name, len(rank)), name))
    yield f"      - section: {title}"
    yield f"        href: {folder}/index.qmd"
    yield "        contents:"
    yield from (f"          - {folder}/{name}" for name in names)


def wing(folder, title, public):
    "The lines of a wing: pages for users, then what is inside."
    names = pages(folder)

    def for_users(name):
        module = f"{folder}.{re.sub(r'^[0-9]+[a-zA-Z0-9]*_', '', name).removesuffix('.ipynb')}"
        return folder in ALL_FOR_USERS or name == names[0] or module in public

    inside = [name for name in names if not for_users(name)]
    yield f"      - section: {title}"
    yield "        contents:"
    yield from (f"          - {folder}/{name}" for name in names if for_users(name))
    if inside:
        yield f"          - section: Inside {title[0].lower() + title[1:]}"
        yield "            contents:"
        yield from (f"              - {folder}/{name}" for name in inside)


def sidebar():
    "The text of nbs/sidebar.yml."
    lines = [MADE, "website:", "  sidebar:", "    style: floating", "    collapse-level: 1"]
    lines += ["    contents:", "      - index.ipynb"]
    for title, (folder, order) in TAUGHT.items():
        lines += taught(title, folder, order)
    lines.append("      - text: Reference")
    public = public_modules()
    for folder, title in WINGS.items():
        lines += wing(folder, title, public)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    if not sys.argv[1:]:
        TARGET.write_text(sidebar(), encoding="utf-8")
    elif not TARGET.exists() or TARGET.read_text(encoding="utf-8") != sidebar():
        sys.exit("nbs/sidebar.yml lacks a page, or has one too many: python tools/make_sidebar.py")
