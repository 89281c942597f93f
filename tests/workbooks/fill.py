"""Fills a template in LibreOffice, cell by cell as a person types, and saves it.

    python3 fill.py TEMPLATE.xlsx TYPED.csv OUT.xlsx OUT.ods

TYPED is a wide table. Cells are found by the names in the template's hidden row; a locked one cannot be typed into.
"""
import csv
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8"}


def option(name, value):
    return PropertyValue(Name=name, Value=value)


def desktop(pipe, started):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    while started.poll() is None:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:
            time.sleep(0.1)
    sys.exit("soffice did not start")


def fill(page, rows):
    used = page.createCursor()
    used.gotoEndOfUsedArea(False)
    width, height = used.RangeAddress.EndColumn + 1, used.RangeAddress.EndRow + 1
    header = next(at for at in range(height) if page.getCellByPosition(0, at).String == "centre")
    columns = {page.getCellByPosition(at, header).String: at for at in range(width)}
    assert page.isProtected() and not page.Rows.getByIndex(header).IsVisible
    for at, row in enumerate(rows, header + 1):
        for name, text in row.items():
            cell = page.getCellByPosition(columns[name], at)
            assert not cell.CellProtection.IsLocked, name
            if cell.Validation.Type.value == "CUSTOM" or "@" not in name and name not in FACTS:
                cell.setFormula(text)
            else:
                cell.setString(text)
            assert cell.String != "" or text == "", (name, text)


FACTS = ["centre", "name", "kind", "status", "since"]

template, typed, *outs = map(pathlib.Path, sys.argv[1:])
with tempfile.TemporaryDirectory() as home:
    pipe = "triennial" + pathlib.Path(home).name.replace("_", "")
    command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{home}"]
    started = subprocess.Popen(
        [*command, f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        office = desktop(pipe, started)
        book = office.loadComponentFromURL(template.resolve().as_uri(), "_blank", 0, (option("Hidden", True),))
        with open(typed, encoding="utf-8", newline="") as file:
            fill(book.Sheets.getByIndex(0), list(csv.DictReader(file)))
        for out in outs:
            book.storeToURL(out.resolve().as_uri(), (option("FilterName", FILTERS[out.suffix]),))
        book.close(True)
    finally:
        # The program is a script that starts another one: both end with their session.
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()
