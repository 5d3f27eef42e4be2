#!/usr/bin/env python3
"""Makes the fonts of link previews (Coos.Web/Previews/Fonts) from Inter's variable font, with fontTools.

    tools/preview-fonts.py Inter-roman.var.ttf Coos.Web/Previews/Fonts

Two weights, the letters of Latin, Greek and Cyrillic, outlines only: no hints, no layout, which the reader of the server
does not know. Inter 4.0 has the font (https://github.com/rsms/inter, SIL Open Font License).
"""
import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

WEIGHTS = {"regular": 450, "bold": 680}
LETTERS = [
    *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x391, 0x3CA), *range(0x400, 0x460),
    *map(ord, "\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u2032\u2190\u2191\u2192\u2193\u2212\u2248\u2264\u2265"),
]


def make(source: str, weight: int, target: pathlib.Path) -> None:
    font = TTFont(source)
    font = instancer.instantiateVariableFont(font, {a.axisTag: weight if a.axisTag == "wght" else a.defaultValue for a in font["fvar"].axes})
    options = subset.Options(hinting=False, layout_features=[], name_IDs=[0, 1, 2, 13, 14], notdef_outline=True, glyph_names=False)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "STAT", "DSIG", "kern", "avar", "HVAR", "MVAR"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(target)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    for name, weight in WEIGHTS.items():
        make(sys.argv[1], weight, pathlib.Path(sys.argv[2]) / f"inter-{name}.ttf")
