#!/usr/bin/env python3
"""Makes normalization-cases.txt from NormalizationTest.txt of the Unicode Character Database (first argument): every 12th case,
and all of parts 0, 1 (each 40th) and 2, which are about orders and Hangul. (c) Unicode, Inc., Unicode License v3."""

import pathlib
import sys

part, kept, number = "", [], 0
for line in pathlib.Path(sys.argv[1]).read_text("utf-8").splitlines():
    if line.startswith("@"):
        part = line.split()[0]
    elif line and not line.startswith("#"):
        number += 1
        if part in ("@Part0", "@Part3") or number % (40 if part == "@Part1" else 12) == 0:
            kept.append(";".join(field.strip() for field in line.split("#")[0].split(";")[:5]))
header = ["# (c) Unicode, Inc., Unicode License v3, https://www.unicode.org/license.txt", "# source;NFC;NFD;NFKC;NFKD"]
pathlib.Path(__file__).with_suffix(".txt").write_text("\n".join(header + kept) + "\n", "utf-8")
