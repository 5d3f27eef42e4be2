#!/usr/bin/env python3
"""Makes the tables of Coos.Shared/Text/Unicode from the Unicode Character Database.

    tools/unicode-tables.py UCD FOLDER

UCD is a folder with UnicodeData.txt, CompositionExclusions.txt and DerivedCoreProperties.txt (the Unicode Character
Database) and confusables.txt (Unicode Technical Standard 39). FOLDER is Coos.Shared/Text/Unicode. The data are
(c) Unicode, Inc., under the Unicode License v3, https://www.unicode.org/license.txt.
"""

import pathlib
import sys

# Punctuation of names, besides ASCII: apostrophe, hyphen, middle dots, geresh and gershayim.
PUNCTUATION = set(" .,-_'&()+") | set("\u2019\u2010\u00b7\u30fb\u05f3\u05f4")
LICENSE = "# (c) Unicode, Inc., Unicode License v3, https://www.unicode.org/license.txt\n"


def read_data(ucd):
    """Reads category, combining class and decomposition of each character."""
    data = {}
    for line in (ucd / "UnicodeData.txt").read_text("utf-8").splitlines():
        fields = line.split(";")
        data[int(fields[0], 16)] = (fields[2], int(fields[3]), fields[5])
    return data


def lines_of(file):
    for line in file.read_text("utf-8").splitlines():
        line = line.split("#")[0].strip("\ufeff \t")
        if line:
            yield [field.strip() for field in line.split(";")]


def write_forms(ucd, data, target):
    """Writes decompositions (c canonical, k compatibility), combining classes (o) and composition exclusions (x)."""
    out = [LICENSE]
    for code, (_, order, decomposition) in sorted(data.items()):
        if decomposition.startswith("<"):
            out.append(f"k {code:X} {decomposition.split('> ')[1]}\n")
        elif decomposition:
            out.append(f"c {code:X} {decomposition}\n")
        if order:
            out.append(f"o {code:X} {order}\n")
    for fields in lines_of(ucd / "CompositionExclusions.txt"):
        out.append(f"x {fields[0].split()[0]}\n")
    target.write_text("".join(out), "utf-8")


def may_be_in_name(code, data):
    """Whether a name in form KC, decomposed, can contain the character. Unassigned ones may be letters of a newer version."""
    category, _, decomposition = data.get(code, ("Cn", 0, ""))
    return not decomposition and (category[0] in "LMN" or category == "Cn" or chr(code) in PUNCTUATION)


def write_confusables(ucd, data, target):
    """Writes the prototypes of the characters that a name can contain, and the characters that a skeleton leaves out (i)."""
    out = [LICENSE]
    for fields in lines_of(ucd / "confusables.txt"):
        code = int(fields[0], 16)
        if may_be_in_name(code, data):
            out.append(f"{code:X} {fields[1]}\n")
    for fields in lines_of(ucd / "DerivedCoreProperties.txt"):
        if fields[1] == "Default_Ignorable_Code_Point":
            first, _, last = fields[0].partition("..")
            out.append(f"i {first} {last or first}\n")
    target.write_text("".join(out), "utf-8")


def main():
    ucd, folder = (pathlib.Path(argument) for argument in sys.argv[1:3])
    data = read_data(ucd)
    write_forms(ucd, data, folder / "normalization.txt")
    write_confusables(ucd, data, folder / "confusables.txt")


if __name__ == "__main__":
    main()
