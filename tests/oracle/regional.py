#!/usr/bin/env python3
"""A second working-out of the regional rubrics (Beijing, Henan) on small synthetic cohorts, in exact fractions.

Written from the published tables (points) and the goals that the rubrics state as examples, not from the program.
Run it in the project's folder: it writes the cohorts beside the rubrics and what they must score here.
"""
import csv
from fractions import Fraction as F

YEARS = (2023, 2024, 2025)


def half_up(value, places=2):
    scale = 10**places
    return F(int(value * scale + F(1, 2)), scale)


def linear(value, goal, points):
    """Nothing at zero, all points from the goal on."""
    return half_up(min(max(F(value) / F(goal), 0), 1) * points)


def ratio(over, under):
    return F(over) / F(under) if under else F(0)


# Yearly figures of 2023, 2024, 2025.
BEIJING = {
    "strong": dict(
        rd_spending=(1000, 1000, 1250), main_income=(20000, 22000, 24000), staff=(90, 100, 120), rd_staff=(60, 66, 72),
        leaders=(2, 3, 5), equipment_value=(4000, 4500, 5200), equipment_hours=(1500, 1600, 1700),
        equipment_rated_hours=(2000, 2000, 2000), floor_area=(2500, 3000, 3200), projects=(6, 7, 8),
        national_projects=(2, 2, 3), cooperations=(3, 3, 3), total_assets=(18000, 19000, 21000),
        new_research_assets=(500, 500, 600), total_income=(9000, 11000, 12000), research_income=(2000, 2100, 2200),
        service_income=(900, 1000, 1200), patents=(12, 14, 16), invention_patents=(5, 5, 6), awards=(2, 2, 2),
        new_products=(2, 3, 3), new_processes=(2, 2, 2), service_contracts=(9, 10, 12), transfers=(2, 3, 3),
        direct_benefit=(6000, 7000, 8000), trained=(18, 20, 24), standards=(1, 2, 2)),
    "middling": dict(
        rd_spending=(400, 500, 550), main_income=(20000, 20000, 20000), staff=(60, 70, 80), rd_staff=(20, 24, 28),
        leaders=(1, 2, 3), equipment_value=(2000, 2500, 3000), equipment_hours=(800, 900, 1000),
        equipment_rated_hours=(2000, 2000, 2000), floor_area=(1500, 1500, 1800), projects=(3, 4, 4),
        national_projects=(1, 1, 1), cooperations=(1, 2, 2), total_assets=(9000, 10000, 12000),
        new_research_assets=(300, 300, 300), total_income=(5000, 6000, 7000), research_income=(1000, 1100, 1200),
        service_income=(500, 600, 700), patents=(8, 9, 9), invention_patents=(3, 3, 3), awards=(1, 1, 1),
        new_products=(1, 2, 2), new_processes=(1, 1, 1), service_contracts=(5, 6, 6), transfers=(1, 2, 2),
        direct_benefit=(3000, 4000, 5000), trained=(10, 12, 14), standards=(1, 1, 1)),
    "weak": dict(
        rd_spending=(0, 0, 100), main_income=(10000, 10000, 10000), staff=(30, 30, 30), rd_staff=(5, 5, 5),
        leaders=(0, 0, 0), equipment_value=(500, 500, 500), equipment_hours=(0, 0, 0),
        equipment_rated_hours=(0, 0, 0), floor_area=(300, 300, 300), projects=(1, 0, 1),
        national_projects=(0, 0, 0), cooperations=(0, 0, 1), total_assets=(1000, 1000, 1000),
        new_research_assets=(0, 0, 50), total_income=(500, 500, 600), research_income=(50, 60, 70),
        service_income=(10, 20, 30), patents=(1, 0, 1), invention_patents=(0, 0, 1), awards=(0, 0, 0),
        new_products=(0, 0, 0), new_processes=(0, 0, 1), service_contracts=(0, 1, 1), transfers=(0, 0, 0),
        direct_benefit=(100, 100, 100), trained=(2, 2, 2), standards=(0, 0, 0)),
}
# Marks of five experts; the highest and the lowest go.
MARKS = {
    "strong": dict(equipment_level=(95, 90, 92, 88, 99), social_benefit=(90, 85, 88, 92, 80),
                   institution_mark=(90, 91, 89, 95, 70), plan_mark=(85, 86, 87, 88, 89)),
    "middling": dict(equipment_level=(70, 72, 68, 75, 60), social_benefit=(65, 70, 68, 72, 66),
                     institution_mark=(75, 70, 72, 74, 71), plan_mark=(70, 71, 72, 69, 68)),
    "weak": dict(equipment_level=(40, 45, 50, 35, 30), social_benefit=(30, 30, 35, 40, 20),
                 institution_mark=(50, 45, 55, 40, 60), plan_mark=(45, 50, 40, 42, 48)),
}


def beijing(d, marks):
    total = {key: sum(values) for key, values in d.items()}
    last = {key: values[-1] for key, values in d.items()}

    def expert(key, points):
        kept = sorted(marks[key])[1:-1]
        return half_up(F(sum(kept), len(kept)) / 100 * points)

    before, now = d["rd_spending"][-2], d["rd_spending"][-1]
    growth = F(now - before, before) if before else F(0)
    criteria = {
        "spending": [linear(ratio(total["rd_spending"], total["main_income"]), F(6, 100), 3), linear(growth, F(2, 10), 3)],
        "people": [linear(last["staff"], 100, 2), linear(ratio(last["rd_staff"], last["staff"]), F(6, 10), 3),
                   F(min(last["leaders"], 4))],
        "conditions": [expert("equipment_level", 3), linear(last["equipment_value"], 5000, 2),
                       linear(ratio(total["equipment_hours"], total["equipment_rated_hours"]), F(8, 10), 2),
                       linear(last["floor_area"], 3000, 2)],
        "activities": [linear(total["projects"], 20, 2), linear(total["national_projects"], 6, 3),
                       linear(total["cooperations"], 8, 2)],
        "assets": [linear(last["total_assets"], 20000, 2), linear(total["new_research_assets"], 1500, 2)],
        "income": [linear(total["total_income"], 30000, 2), linear(total["research_income"], 6000, 4),
                   linear(total["service_income"], 3000, 4)],
        "results": [linear(total["patents"], 40, 2), linear(total["invention_patents"], 15, 2),
                    linear(total["awards"], 6, 3), linear(total["new_products"], 8, 2),
                    linear(total["new_processes"], 6, 3), linear(total["service_contracts"], 30, 3)],
        "contribution": [linear(total["transfers"], 8, 4), linear(total["direct_benefit"], 20000, 5),
                         expert("social_benefit", 5), linear(total["trained"], 60, 3), linear(total["standards"], 6, 3)],
        "institution": [expert("institution_mark", 12)],
        "planning": [expert("plan_mark", 8)],
    }
    return {key: sum(parts) for key, parts in criteria.items()}


HENAN = {
    "passing": (dict(
        rd_spending=(500, 520, 600), main_income=(10000, 11000, 12000), staff=(100, 110, 120), rd_staff=(30, 33, 36),
        senior_staff=(10, 11, 12), national_projects=(0, 1, 1), provincial_projects=(1, 1, 2),
        invention_patents=(2, 3, 3), utility_patents=(4, 4, 4), standards=(1, 1, 1),
        new_product_income=(3000, 3500, 4500), cooperations=(1, 2, 1), cooperation_funds=(80, 90, 100)), "", "", ""),
    "warned": (dict(
        rd_spending=(200, 240, 260), main_income=(8000, 8000, 8000), staff=(80, 80, 80), rd_staff=(16, 16, 16),
        senior_staff=(4, 4, 5), national_projects=(0, 0, 0), provincial_projects=(1, 1, 1),
        invention_patents=(1, 1, 2), utility_patents=(4, 4, 6), standards=(0, 1, 1),
        new_product_income=(1500, 2000, 2500), cooperations=(1, 1, 1), cooperation_funds=(40, 50, 60)), "", "", ""),
    "idle": (dict(
        rd_spending=(0, 0, 0), main_income=(9000, 9000, 9000), staff=(50, 50, 50), rd_staff=(20, 20, 20),
        senior_staff=(9, 9, 9), national_projects=(2, 2, 2), provincial_projects=(2, 2, 2),
        invention_patents=(6, 6, 6), utility_patents=(4, 4, 4), standards=(2, 2, 2),
        new_product_income=(4000, 4000, 4000), cooperations=(2, 2, 2), cooperation_funds=(200, 200, 200)), "", "", ""),
    "exempt": (None, "", "", "yes"),
    "exempt-but-offending": (dict(
        rd_spending=(500, 500, 500), main_income=(9000, 9000, 9000), staff=(50, 50, 50), rd_staff=(20, 20, 20),
        senior_staff=(9, 9, 9), national_projects=(2, 2, 2), provincial_projects=(2, 2, 2),
        invention_patents=(6, 6, 6), utility_patents=(4, 4, 4), standards=(2, 2, 2),
        new_product_income=(4000, 4000, 4000), cooperations=(2, 2, 2), cooperation_funds=(200, 200, 200)),
        "", "major-offence", "yes"),
    "away": (None, "absent", "", ""),
}


def henan(d):
    total = {key: sum(values) for key, values in d.items()}
    last = {key: values[-1] for key, values in d.items()}
    criteria = {
        "investment": [linear(total["rd_spending"], 1500, 20), linear(ratio(total["rd_spending"], total["main_income"]), F(5, 100), 20)],
        "people": [linear(ratio(last["rd_staff"], last["staff"]), F(3, 10), 5),
                   linear(ratio(last["senior_staff"], last["rd_staff"]), F(4, 10), 5)],
        "projects": [linear(3 * total["national_projects"] + total["provincial_projects"], 10, 10)],
        "results": [linear(total["invention_patents"] + F(total["utility_patents"], 4), 12, 12),
                    linear(total["standards"], 3, 6),
                    linear(ratio(total["new_product_income"], total["main_income"]), F(4, 10), 12)],
        "cooperation": [linear(total["cooperations"], 5, 5), linear(total["cooperation_funds"], 300, 5)],
    }
    return {key: sum(parts) for key, parts in criteria.items()}


def cells(d, metrics):
    return [d[metric][at] if d else "" for metric in metrics for at in range(3)]


def write(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def main():
    metrics = list(BEIJING["strong"])
    judges = ["e1", "e2", "e3", "e4", "e5"]
    head = ["centre"] + [f"{m}@{y}" for m in metrics for y in YEARS]
    head += [f"{m}#{j}" for m in MARKS["strong"] for j in judges]
    rows = [[id] + cells(d, metrics) + [mark for m in MARKS[id] for mark in MARKS[id][m]] for id, d in BEIJING.items()]
    write("rubrics/cohorts/beijing-erc.csv", [head] + rows)
    expected = [["centre"] + list(beijing(BEIJING["strong"], MARKS["strong"])) + ["total", "grade"]]
    for id, d in BEIJING.items():
        criteria = beijing(d, MARKS[id])
        total = sum(criteria.values())
        grade = "excellent" if total >= 85 else "good" if total >= 60 else "poor"
        expected.append([id] + [f"{float(value):.2f}" for value in criteria.values()] + [f"{float(total):.2f}", grade])
    write("tests/oracle/beijing_expected.csv", expected)

    metrics = list(HENAN["passing"][0])
    head = ["centre", "status", "findings", "exempt_host"] + [f"{m}@{y}" for m in metrics for y in YEARS]
    rows = [[id, status, findings, exempt] + cells(d, metrics) for id, (d, status, findings, exempt) in HENAN.items()]
    write("rubrics/cohorts/henan-etrc.csv", [head] + rows)
    expected = [["centre"] + list(henan(HENAN["passing"][0])) + ["total", "grade", "outcome"]]
    for id, (d, status, findings, exempt) in HENAN.items():
        if d is None:
            expected.append([id] + [""] * 5 + ["", "", "remove" if status == "absent" else "passes"])
            continue
        criteria = henan(d)
        total = sum(criteria.values())
        grade = "pass" if total >= 60 else "warning" if total >= 45 else "revoked"
        if findings or not sum(d["rd_spending"]):
            grade = "revoked"
        outcome = {"pass": "passes", "warning": "warn", "revoked": "remove"}[grade]
        expected.append([id] + [f"{float(value):.2f}" for value in criteria.values()] + [f"{float(total):.2f}", grade, outcome])
    write("tests/oracle/henan_expected.csv", expected)


main()
