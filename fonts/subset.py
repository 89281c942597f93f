"""Makes TriennialSansSC-Regular.otf: README.md beside it says from what."""
import sys
from fontTools import subset
from fontTools.ttLib import TTCollection

source, standard, target = sys.argv[1:4]

wanted = set()
# GB 2312: every character its encoding holds.
for row in range(0xA1, 0xF8):
    for cell in range(0xA1, 0xFF):
        try:
            wanted.add(ord(bytes([row, cell]).decode("gb2312")))
        except UnicodeDecodeError:
            pass
han = {ord(c) for c in open(standard, encoding="utf-8").read() if ord(c) > 0x2E7F}
wanted |= han
# Latin with its accents, Greek, Cyrillic, punctuation, currency, letterlike, numbers, arrows, mathematics, technical,
# enclosed, boxes and shapes, CJK punctuation, enclosed CJK, squared units, compatibility and full-width forms.
for first, last in [(0x20, 0x7E), (0xA0, 0x17F), (0x1CD, 0x1DC), (0x370, 0x3FF), (0x400, 0x45F), (0x2010, 0x2027),
                    (0x2030, 0x205E), (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x218F), (0x2190, 0x21FF),
                    (0x2200, 0x22FF), (0x2300, 0x23FF), (0x2460, 0x24FF), (0x2500, 0x26FF), (0x2713, 0x2718),
                    (0x3000, 0x303F), (0x3200, 0x32FF), (0x3300, 0x33FF), (0xFE30, 0xFE4F), (0xFF01, 0xFFE6)]:
    wanted |= set(range(first, last + 1))

# All Han characters of GBK.
wanted |= set(range(0x4E00, 0x9FA6))
font = TTCollection(source).fonts[2]
assert font["name"].getDebugName(1) == "Noto Sans CJK SC"
have = set(font.getBestCmap())
print("not in the font:", [hex(c) for c in sorted(han - have)])
options = subset.Options()
options.layout_features = []
options.hinting = False

options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
options.notdef_outline = True
options.drop_tables += ["vmtx", "vhea", "VORG", "GSUB", "GPOS", "GDEF", "BASE", "DSIG"]
subsetter = subset.Subsetter(options)
subsetter.populate(unicodes=wanted & have)
subsetter.subset(font)
for record in font["name"].names:
    if record.nameID in (1, 3, 4):
        record.string = "Triennial Sans SC"
    elif record.nameID == 6:
        record.string = "TriennialSansSC-Regular"
cff = font["CFF "].cff
cff.fontNames[0] = "TriennialSansSC-Regular"
cff.topDictIndex[0].FullName = "Triennial Sans SC"
cff.topDictIndex[0].FamilyName = "Triennial Sans SC"
font["head"].modified = font["head"].created
font.recalcTimestamp = False
font.save(target)
print(len(wanted & have), "characters,", len(font.getGlyphOrder()), "glyphs")
