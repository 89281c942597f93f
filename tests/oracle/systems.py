#!/usr/bin/env python3
"""A second working-out of the eight rubrics of systems 2 to 9 on their cohorts, in exact fractions.

Written from the numbers that the rubrics state, not from the program. It reads the cohorts, nothing else; run it in the
project's folder: it writes systems_expected.csv beside itself. None stands for a figure that is not reported.
"""
import csv
import re
from fractions import Fraction as F

EXPECTED = []


def half_up(value, places=2):
    scale = 10**places
    return F((value * scale + F(1, 2)).__floor__(), scale)


def clip(value):
    return min(max(value, F(0)), F(1))


def linear(value, goal, points, start=0):
    """Nothing at the start, all points from the goal on; nothing where there is no value."""
    return F(0) if value is None else half_up(clip((F(value) - F(start)) / (F(goal) - F(start))) * points)


def ratio(over, under):
    """None where a figure is missing or there is nothing to divide by: both earn nothing where it is used so."""
    return None if over is None or under is None or under == 0 else over / under


def number(text):
    return F(text) if text not in ("", "NR", "N/A") else None


def table(rubric):
    with open(f"rubrics/cohorts/{rubric}.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    # Where all figures are of one year, the year need not be named.
    return [row | {re.sub("@[0-9]+", "", column): cell for column, cell in row.items()} for row in rows]


def expect(rubric, centre, total, grade):
    cents = None if total is None else int(half_up(total) * 100)
    EXPECTED.append([rubric, centre, "" if cents is None else f"{cents // 100}.{cents % 100:02}", grade])


def by_points(total, *grades):
    return next(grade for grade, edge in grades if total >= edge)


def high_tech_zones():
    rows = [row for row in table("hightech-zone") if not row["status"]]
    get = lambda row, name, year=2024: number(row[f"{name}@{year}"])
    measures = {
        "innovation": (20, [
            (F("0.8"), lambda r: get(r, "rd_institutions")), (F("1.2"), lambda r: ratio(get(r, "rd_fte"), get(r, "staff"))),
            (1, lambda r: ratio(get(r, "rd_spending"), get(r, "revenue"))), (1, lambda r: get(r, "tech_smes"))]),
        "quality": (15, [
            (F("0.8"), lambda r: ratio(get(r, "added_value"), get(r, "city_gdp"))),
            (F("1.2"), lambda r: ratio(get(r, "industry_revenue"), get(r, "revenue"))),
            (1, lambda r: ratio(get(r, "manufacturing_added"), get(r, "manufacturing_output"))),
            (1, lambda r: get(r, "revenue") - get(r, "revenue", 2023))]),
        "structure": (25, [
            (F("1.2"), lambda r: ratio(get(r, "hightech_revenue"), get(r, "revenue"))),
            (F("0.8"), lambda r: ratio(get(r, "revenue"), get(r, "staff")))]),
        "green": (20, [(1, lambda r: -ratio(get(r, "energy"), get(r, "added_value")))]),
        "openness": (20, [
            (F("0.8"), lambda r: ratio(get(r, "exports"), get(r, "revenue"))),
            (F("1.2"), lambda r: ratio(get(r, "pct_applications"), get(r, "staff")))]),
    }
    for row in rows:
        total = F(0)
        for points, parts in measures.values():
            share = F(0)
            for weight, measure in parts:
                values = [value for value in map(measure, rows) if value is not None]
                own = measure(row)
                if own is not None:
                    share += weight * (F("0.6") + F("0.4") * (own - min(values)) / (max(values) - min(values)))
            total += half_up(share / sum(weight for weight, _ in parts) * points)
        # One place for excellent: 30 % of four.
        expect("hightech-zone", row["centre"], total, by_points(total, ("excellent", 85), ("qualified", 70), ("poor", 0)))


def enterprise_points():
    stages = {"startup": 0, "growth": 1, "stable": 2}
    for row in table("enterprise-points"):
        at = stages[row["stage"]]
        now = lambda name: number(row[f"{name}@2024"])
        growth = lambda name: ratio(now(name) - number(row[f"{name}@2023"]), number(row[f"{name}@2023"]))
        lines = [
            (now("rd_spending"), (200, 1000, 3000), (8, 7, 6)), (growth("rd_spending"), F("0.3"), (8, 7, 5)),
            (ratio(now("rd_spending"), now("revenue")), F("0.1"), (10, 8, 8)),
            (ratio(now("technical_staff"), now("staff")), F("0.5"), (12, 8, 6)),
            (now("patent_applications"), 10, (10, 8, 8)), (now("pct_applications"), 5, (6, 6, 6)),
            (now("contracts"), 1000, (6, 6, 6)),
            (now("hightech_income"), (500, 5000, 20000), (4, 6, 6)), (growth("revenue"), F("0.3"), (6, 8, 6)),
            (ratio(now("hightech_income"), now("revenue")), F("0.8"), (4, 5, 6)),
            (ratio(now("profit"), now("revenue")), F("0.1"), (2, 4, 6)),
            (ratio(now("profit"), now("net_assets")), F("0.15"), (2, 4, 6)),
            (now("revenue"), (500, 5000, 40000), (3, 4, 6)), (now("graduates"), 10, (4, 4, 4)),
            (now("platforms"), 2, (3, 4, 4)), (now("awards"), 2, (3, 4, 4)), (now("projects"), 3, (4, 4, 4)),
            (now("venture"), (1000, 3000, 5000), (5, 3, 3)),
        ]
        pick = lambda goal: goal[at] if isinstance(goal, tuple) else goal
        total = sum(linear(value, pick(goal), points[at]) for value, goal, points in lines)
        expect("enterprise-points", row["centre"], total, by_points(total, ("ninety", 90), ("sixty", 60), ("below", 0)))


def transfer_institutions():
    for row in table("transfer-institution"):
        if row["status"]:
            expect("transfer-institution", row["centre"], None, "")
            continue
        abroad = row["kind"] == "international"
        total_of = lambda name: sum(number(row[f"{name}@{year}"]) for year in (2023, 2024, 2025))
        last = lambda name: number(row[f"{name}@2025"])
        pick = lambda home, other: other if abroad else home
        trained = last("trained_staff") / last("staff")
        marks = [number(row[f"operation_mark#e{judge}"]) for judge in (1, 2, 3)]
        total = (
            linear(total_of("contract_value"), pick(30000, 15000), pick(20, 15))
            + linear(total_of("contract_count"), pick(300, 100), pick(15, 10)) + linear(total_of("major_transfers"), 10, 15)
            + linear(trained, 1, 10) + linear(last("managers") / last("staff"), F("0.5"), 10)
            + linear(total_of("firms_served"), pick(500, 200), pick(10, 8))
            + linear(total_of("service_income") / total_of("income"), F("0.6"), pick(10, 7))
            + linear(total_of("cross_border"), 30, pick(0, 15)) + linear(sum(marks) / 3, 100, 10))
        grade = by_points(total, ("excellent", 85), ("qualified", 60), ("unqualified", 0))
        if row["pilot"] == "yes" and trained < F("0.7"):
            grade = "unqualified"
        expect("transfer-institution", row["centre"], total, grade)


def achievement_values():
    types = {"basic": 0, "applied": 1, "development": 2}
    for row in table("achievement-value"):
        at = types[row["kind"]]

        def peers(name):
            return sum(sorted(number(row[f"{name}#p{judge}"]) for judge in range(1, 6))[1:-1]) / 3

        market = [row[f"market_mark#m{judge}"] for judge in (1, 2, 3)]
        members = sum(mark != "N/A" for mark in market)
        marks = [number(mark) for mark in market if number(mark) is not None]
        if at and F(len(marks), members) < F(2, 3):
            expect("achievement-value", row["centre"], None, "")
            continue
        lines = [
            (peers("originality"), 100, 0, (40, 10, 3)), (peers("influence"), 100, 0, (20, 10, 2)),
            (peers("advancement"), 100, 0, (10, 25, 10)), (number(row["readiness"]), 9, 1, (0, 15, 15)),
            (number(row["transfer_value"]), (500, 500, 2000)[at], 0, (0, 5, 20)),
            (sum(marks) / len(marks) if marks else None, 100, 0, (0, 10, 15)),
            (number(row["financing"]), 1000, 0, (0, 0, 10)),
            (peers("social_mark"), 100, 0, (15, 15, 15)), (peers("cultural_mark"), 100, 0, (15, 10, 10)),
        ]
        total = sum(linear(value, goal, points[at], start) for value, goal, start, points in lines)
        grade = by_points(total, ("outstanding", 85), ("good", 70), ("fair", 60), ("insufficient", 0))
        expect("achievement-value", row["centre"], total, "insufficient" if row["findings"] else grade)


def factor_market():
    plan = {"contracts": ("2.83", 5), "zones": (9, 20), "regional_centres": (11, 15), "institutions": (420, 500),
            "international": (45, 60), "managers": (10000, 30000)}
    for row in table("factor-market"):
        progress = [clip((number(row[name]) - F(base)) / (F(target) - F(base)))
                    for name, (base, target) in plan.items() if number(row[name]) is not None]
        total = half_up(sum(progress) / len(progress) * 100)
        grade = by_points(total, ("reached", 100), ("on-course", 60), ("behind", 0))
        if len(progress) < 6 and grade == "reached":
            grade = "on-course"
        expect("factor-market", row["centre"], total, "not-assessed" if len(progress) < 3 else grade)


def pilot_policies():
    for row in table("pilot-policies"):
        both = lambda name: number(row[f"{name}@2024"]) + number(row[f"{name}@2025"])
        due, on_time, late = both("nodes_due"), both("nodes_on_time"), both("nodes_late")
        tasks = linear(on_time / due, 1, 40) + linear((on_time + late) / due, 1, 20) + linear(both("quarterly_reports"), 8, 15)
        promoted = linear(both("promoted"), 5, 10)
        items = number(row["items"])
        # Without the number of items the other indicator carries all 25 points of results.
        results = half_up(promoted * F(25, 10)) if items is None else linear(both("policies") / items, 2, 15) + promoted
        total = tasks + results
        grade = by_points(total, ("on-course", 80), ("slow", 60), ("stalled", 0))
        if due > on_time + late and grade == "on-course":
            grade = "slow"
        expect("pilot-policies", row["centre"], total, grade)


def incubators():
    for row in table("incubator"):
        get = lambda name: number(row[name])
        special = row["kind"] == "specialised"
        per = lambda name: ratio(get(name), get("incubatees"))
        mentors = per("mentors")
        total = (
            linear(get("fund"), 1000, 10 if special else 15) + linear(None if mentors is None else 10 * mentors, 5, 8)
            + linear(ratio(get("trained_service_staff"), get("service_staff")), F("0.8"), 8)
            + linear(get("platform_spending"), 500, 9 if special else 4)
            + linear(get("incubatees"), 50 if special else 80, 10) + linear(per("graduates"), F("0.15"), 10)
            + linear(per("tech_smes"), F("0.6"), 10) + linear(per("with_rights"), F("0.6"), 10)
            + linear(per("financed"), F("0.2"), 10) + linear(ratio(get("service_income"), get("income")), F("0.5"), 10)
            + linear(per("jobs"), 20, 5) + min(get("listed"), 3))
        grades = ("excellent", 85), ("good", 70), ("qualified", 60), ("unqualified", 0)
        expect("incubator", row["centre"], total, by_points(total, *grades))


def cities():
    goals = {
        "transfer": (25, [("contracts", (1000, 50), 15), ("contracts_growth", (50, 50), 10)]),
        "firms": (30, [("hightech_firms", (8000, 1000), 20), ("tech_smes", (10000, 1000), 10)]),
        "investment": (20, [("rd_intensity", (4, 4), 20)]),
        "incubation": (15, [("incubators", (300, 30), 5), ("national_incubators", (40, 2), 5), ("maker_spaces", (200, 20), 5)]),
        "industry": (10, [("hightech_output_share", (60, 60), 10)]),
    }
    for row in table("innovation-city"):
        earned, available, reported = F(0), 0, 0
        for points, parts in goals.values():
            known = [(number(row[name]), goal[row["kind"] == "county"], most) for name, goal, most in parts if number(row[name]) is not None]
            if known:
                shares = sum(linear(value, goal, most) for value, goal, most in known)
                earned += half_up(shares * F(points, sum(most for *_, most in known)))
                available += points
                reported += len(known)
        total = half_up(earned * F(100, available))
        grade = by_points(total, ("leading", 80), ("advancing", 60), ("following", 0))
        expect("innovation-city", row["centre"], total, grade if reported * 2 >= 9 else "not-comparable")


for system in (high_tech_zones, enterprise_points, transfer_institutions, achievement_values, factor_market, pilot_policies,
               incubators, cities):
    system()
with open("tests/oracle/systems_expected.csv", "w", newline="", encoding="utf-8") as file:
    csv.writer(file, lineterminator="\n").writerows([["rubric", "centre", "total", "grade"]] + EXPECTED)
