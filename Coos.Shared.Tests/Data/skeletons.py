#!/usr/bin/env python3
"""Makes skeletons.json: the skeletons that ICU 72 (libicui18n.so.72, uspoof_getSkeletonUTF8) gives to names in form KC."""

import ctypes
import json
import pathlib
import unicodedata

NAMES = """paypal|раураl|Ada Lab|Аda Lab|ΑΒΓ Lab|Team 10|Team lO|O'Brien|O’Brien|José|Жанна|Müller|ＡＤＡ|Łódź|Αθήνα|Ørsted
modern|modem|Ḿ Lab|東京大学|กรุงเทพ|שלום|سلام|ﷺ|Ⅷ Lab|Кот|ᏞᎪᏴ|𝐀𝐝𝐚|naïve|ﬁne|l·l|Tokyo・Lab|Iris|lris|Zoë|Zoё|São Paulo|Crème brûlée"""

icu = ctypes.CDLL("libicui18n.so.72")
icu.uspoof_open_72.restype = ctypes.c_void_p
checker = ctypes.c_void_p(icu.uspoof_open_72(ctypes.byref(ctypes.c_int(0))))


def skeleton(name):
    text, result, error = name.encode(), ctypes.create_string_buffer(1000), ctypes.c_int(0)
    length = icu.uspoof_getSkeletonUTF8_72(checker, 0, text, len(text), result, 1000, ctypes.byref(error))
    assert error.value <= 0
    return result.raw[:length].decode()


names = [unicodedata.normalize("NFKC", name) for name in NAMES.replace("\n", "|").split("|")]
pathlib.Path(__file__).with_suffix(".json").write_text(
    json.dumps({name: skeleton(name) for name in names}, ensure_ascii=False, indent=1) + "\n", "utf-8"
)
