"""Writes the workbooks beside it, with openpyxl and LibreOffice: programs that are not the one under test.

    pip install openpyxl; apt-get install libreoffice-calc; python3 make.py

`readings` is sound, with a title above, formulas, and other sheets; LibreOffice calculates it and saves it in three
formats. `faults.xlsx` has twelve faults, each named where it is planted.
"""
import datetime
import pathlib
import subprocess
import tempfile

import openpyxl

HERE = pathlib.Path(__file__).parent
HEADER = ["centre", "name", "status", "income@2023", "income@2024", "income@2025", "staff@2023", "papers@2023", "share"]


def sheet():
    book = openpyxl.Workbook()
    page = book.active
    page.title = "填报"
    page["A1"] = "A small rubric, 2023-2025"
    page.append([])
    page.append([])
    for at, title in enumerate(HEADER, 1):
        page.cell(3, at, title)
    return book, page


def readings():
    book, page = sheet()
    page.append(["c1", "甲中心", None, 0.1, "=0.1+0.2", 1234567.89, 3, "NR", "=1/8"])
    page.append(["c2", "Second centre", "participating", 40, "N/A", None, "4", 0, 1e-7])
    page.append(["c3", "Third, Ltd", "absent"])
    page.row_dimensions[5].hidden = True
    other = book.create_sheet("说明")
    other["A1"] = "How to fill this in"
    secret = book.create_sheet("lists")
    secret["A1"] = "x"
    secret.sheet_state = "hidden"
    with tempfile.TemporaryDirectory() as folder:
        raw = pathlib.Path(folder) / "readings.xlsx"
        book.save(raw)
        for kind in ["xlsx", "ods", "xls"]:
            subprocess.run(["soffice", "--headless", "--convert-to", kind, "--outdir", HERE, raw], check=True)


def faults():
    book, page = sheet()
    page.append(["c1", "甲中心", None, "many", datetime.date(2024, 1, 2), "=D4+1"])  # D4 text, E4 date, F4 no result
    page.append(["c2", "Second centre", "present", "1,234", "１２", 5, -1, 2, "#DIV/0!"])  # C5, D5, E5, G5, I5
    page.append(["c1", "Again", None, 1])  # A6 a second row
    page.append([None, "No id", None, 1])  # A7 no id
    page.append(["c4", "Fourth", None, 7, None, 8, None, None, 0.12])  # E8 merged with D8, I8 shows 12%
    page.merge_cells("D8:E8")
    page["I8"].number_format = "0%"
    book.save(HERE / "faults.xlsx")


readings()
faults()
