#!/usr/bin/env python3
"""Draws bench/pictures/*.svg from bench/results.json."""

import json
import sys
from pathlib import Path
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).resolve().parent))

from harness import results  # noqa: E402

FOLDER = Path(__file__).resolve().parent / "pictures"
PICTURES = {
    "noop": ("noop-1", "Nothing to do (Schemajob also verifies the schema)"),
    "scripts": ("apply-200", "200 scripts on an empty database"),
    "vault": ("vault", "The whole job: Vault login, secret, history, verification"),
}
WIDTH, LEFT, RIGHT, ROW, TOP = 760, 190, 110, 26, 44
OURS, OTHERS, TEXT = "#1a7f5a", "#9aa5b1", "#57606a"


def bar(index, name, milliseconds, longest):
    """A row: name, bar, time. The colours can be read on white and on black."""
    y = TOP + index * ROW
    length = max(2, (WIDTH - LEFT - RIGHT) * milliseconds / longest)
    colour = OURS if name.startswith(results.OURS) else OTHERS
    shown = f"{milliseconds:,.0f} ms" if milliseconds >= 20 else f"{milliseconds:.1f} ms"
    return (
        f'<text x="{LEFT - 8}" y="{y + 14}" text-anchor="end">{escape(name)}</text>'
        f'<rect x="{LEFT}" y="{y + 2}" width="{length:.1f}" height="16" rx="2" fill="{colour}"/>'
        f'<text x="{LEFT + length + 6:.1f}" y="{y + 14}">{shown}</text>'
    )


def picture(whole, case, title):
    runs = whole["cases"][case]["runs"]
    times = sorted((results.wall(whole, case, name), name) for name in runs)
    rows = "".join(bar(index, name, time, times[-1][0]) for index, (time, name) in enumerate(times))
    height = TOP + len(times) * ROW + 30
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}"'
        f' font-family="system-ui, sans-serif" font-size="13" fill="{TEXT}">'
        f'<title>{escape(title)}</title><text x="8" y="22" font-size="15" font-weight="600">{escape(title)}</text>'
        f'{rows}<text x="{LEFT}" y="{height - 8}" font-size="11">median; shorter is better</text></svg>\n'
    )


def main():
    whole = json.loads(results.JSON.read_text())
    FOLDER.mkdir(exist_ok=True)
    for name, (case, title) in PICTURES.items():
        if case in whole["cases"]:
            (FOLDER / f"{name}.svg").write_text(picture(whole, case, title))


if __name__ == "__main__":
    main()
