"""Sets every stored result of a workbook to 999 and one reading to another value: a number, or a text such as NR. The
workbook is a cohort's or one centre's.

    python3 tests/workbooks/spoil.py IN OUT COLUMN CENTRE VALUE
"""

import re
import sys
import zipfile

source, target, column, centre, value = sys.argv[1:]
book = zipfile.ZipFile(source)
workbook = book.read("xl/workbook.xml").decode()
names = re.findall(r'<sheet name="([^"]+)"', workbook)
strings = re.findall(r"<si><t[^>]*>(.*?)</t></si>", book.read("xl/sharedStrings.xml").decode(), re.S)
page = f"xl/worksheets/sheet{names.index('readings') + 1}.xml"


def text_of(xml, address):
    found = re.search(rf'<c r="{address}"[^>]*t="s"[^>]*><v>(\d+)</v>', xml)
    if found:
        return strings[int(found.group(1))]
    found = re.search(rf'<c r="{address}"[^>]*t="inlineStr"><is><t[^>]*>([^<]*)</t>', xml)
    return found and found.group(1)


def address_of(xml):
    """The cell of the reading: a row for each centre, or a row for each metric and year."""
    rows = re.findall(r'<c r="A(\d+)"', xml)
    if text_of(xml, "B1") != "metric":
        at = next(a for a in re.findall(r'<c r="([A-Z]+)1"', xml) if text_of(xml, f"{a}1") == column)
        return at + next(r for r in rows if text_of(xml, f"A{r}") == centre)
    metric, _, year = column.partition("@")
    wanted = (centre, metric, year)
    return "E" + next(r for r in rows if tuple(text_of(xml, f"{c}{r}") or "" for c in "ABC") == wanted)


def filled(found):
    if re.fullmatch(r"-?[\d.]+", value):
        return f"<c{found[1]}><v>{value}</v></c>"
    return f'<c{found[1]} t="inlineStr"><is><t>{value}</t></is></c>'


with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
    for name in book.namelist():
        data = book.read(name)
        if name.startswith("xl/worksheets/sheet"):
            xml = data.decode()
            xml, count = re.subn(r'<c r="(\w+)"( s="\d+")?(?: t="str")?><f>(.*?)</f><v>.*?</v></c>',
                                 r'<c r="\1"\2><f>\3</f><v>999</v></c>', xml)
            print(name, count, "results")
            if name == page:
                cell = rf'<c( r="{address_of(xml)}"(?: s="\d+")?)[^>]*?(?:/>|>.*?</c>)'
                xml, count = re.subn(cell, filled, xml)
                assert count == 1, "the reading was not found"
            data = xml.encode()
        out.writestr(name, data)
