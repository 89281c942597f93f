#!/usr/bin/env python3
"""Writes ncti.csv beside this file: the demo cohort of the national technology innovation centres.

ALL DATA ARE INVENTED. No centre, figure, judge or finding is real; names are of places and fields that do not exist.
The same bytes come out every time: a fixed seed, no dependencies, no clock.

    python3 rubrics/cohorts/ncti.py
"""

import csv
import random
from pathlib import Path

YEAR_BEFORE, CYCLE = 2022, (2023, 2024, 2025)
JUDGES = [f"j{n}" for n in range(1, 8)]
NR, NA, BLANK = "NR", "N/A", ""

# What a strong centre has in a year, by kind: (comprehensive, domain). Parts are shares of the item before them.
SIZES = {
    "national_projects": (10.5, 5.2),
    "national_funds": (20500, 6900),
    "tasks_due": (9, 4),
    "key_technologies": (4.3, 2.9),
    "rd_staff": (780, 170),
    "invention_patents": (96, 21),
    "pct_applications": (11, 7),
    "total_spending": (52000, 15500),
    "first_of_kind": (2.1, 2.1),
    "standards_international": (1.4, 1.3),
    "standards_national": (3.6, 3.4),
    "standards_industry": (3.5, 3.7),
    "technology_adopters": (74, 69),
    "tech_contracts": (18500, 17500),
    "firms_served": (128, 108),
    "total_income": (58000, 17500),
    "instrument_rated_hours": (64000, 21000),
    "staff_trained": (520, 430),
    "firms_incubated": (19, 17.5),
    "equity_financing": (12500, 10800),
    "transfer_income": (5200, 2100),
}
PARTS = {  # part: (whole, share in a strong centre, share in the weakest)
    "tasks_accepted_on_time": ("tasks_due", 1.00, 0.60),
    "senior_researchers": ("rd_staff", 0.40, 0.14),
    "rd_spending": ("total_spending", 0.60, 0.24),
    "smes_served": ("firms_served", 0.68, 0.36),
    "service_income": ("total_income", 0.47, 0.10),
    "instrument_hours": ("instrument_rated_hours", 0.80, 0.28),
    "firms_hightech": ("firms_incubated", 0.35, 0.08),
}
MONEY = {"national_funds", "total_spending", "total_income", "equity_financing", "transfer_income", "tech_contracts",
         "rd_spending", "service_income"}
GROUP = {  # which of the five contents an item belongs to, so that a centre can be strong in one and weak in another
    "strategic": ("national_projects", "national_funds", "tasks_due", "tasks_accepted_on_time"),
    "technology": ("key_technologies", "rd_staff", "invention_patents", "pct_applications", "total_spending",
                   "first_of_kind", "senior_researchers", "rd_spending"),
    "industry": ("standards_international", "standards_national", "standards_industry", "technology_adopters"),
    "services": ("tech_contracts", "firms_served", "total_income", "instrument_rated_hours", "staff_trained",
                 "smes_served", "service_income", "instrument_hours"),
    "incubation": ("firms_incubated", "equity_financing", "transfer_income", "firms_hightech"),
}
GROUP_OF = {metric: group for group, metrics in GROUP.items() for metric in metrics}
STAFF_AND_SIZE = ("rd_staff", "total_spending", "total_income", "instrument_rated_hours", "tasks_due")

YEARLY = ["national_projects", "national_funds", "tasks_due", "tasks_accepted_on_time", "key_technologies",
          "invention_patents", "pct_applications", "rd_staff", "senior_researchers", "rd_spending", "total_spending",
          "first_of_kind", "standards_international", "standards_national", "standards_industry", "award_grand",
          "award_first", "award_second", "technology_adopters", "tech_contracts", "firms_served", "smes_served",
          "service_income", "total_income", "instrument_hours", "instrument_rated_hours", "staff_trained",
          "firms_incubated", "firms_hightech", "equity_financing", "transfer_income", "report_late", "report_missing"]
WHOLE_CYCLE = ["plan_key_technologies", "plan_invention_patents", "plan_tech_contracts", "plan_firms_incubated",
               "entrants_three_years", "survivors_three_years", "top_award"]


def years(metric):
    return (YEAR_BEFORE, *CYCLE) if metric == "transfer_income" else CYCLE


FACTS = ["centre", "name", "kind", "status", "since", "findings", "previous"]
COLUMNS = (FACTS + [f"{m}@{y}" for m in YEARLY for y in years(m)] + WHOLE_CYCLE + [f"influence#{j}" for j in JUDGES])


def whole(value):
    return int(value + 0.5)


def drawn(rng, kind, strength, weak):
    """The cells of one centre: `strength` about 1 for a strong one, `weak` its strength in single contents."""
    which = 0 if kind == "comprehensive" else 1
    cells = {}

    def wobble(spread):
        return 1 + spread * (2 * rng.random() - 1)

    for metric in YEARLY:
        lean = wobble(0.18)
        for at, year in enumerate(years(metric)):
            level = weak.get(GROUP_OF.get(metric), strength)
            if metric in SIZES:
                counted = metric not in MONEY and metric not in STAFF_AND_SIZE
                size = SIZES[metric][which] * wobble(0.30 if counted else 0.10) * (0.96 + 0.04 * at)
                if metric == "transfer_income":
                    size *= (0.99 - 0.10 * level) ** (len(years(metric)) - 1 - at)
                if metric not in STAFF_AND_SIZE:
                    size *= level * lean
                value = round(size, 1) if metric in MONEY else whole(size)
            elif metric in PARTS:
                continue
            elif metric.startswith("award_"):
                value = 0
            else:
                value = "no"
            cells[f"{metric}@{year}"] = value
    for metric, (of, strong, weakest) in PARTS.items():
        for year in CYCLE:
            level = weak.get(GROUP_OF[metric], strength)
            share = min(1.0, (weakest + (strong - weakest) * level) * wobble(0.05))
            part = cells[f"{of}@{year}"] * share
            cells[f"{metric}@{year}"] = round(part, 1) if metric in MONEY else whole(part)
    done = {m: sum(cells[f"{m}@{y}"] for y in CYCLE)
            for m in ("key_technologies", "invention_patents", "tech_contracts", "firms_incubated")}
    for metric, value in done.items():
        planned = value / (0.62 + 0.42 * strength) * wobble(0.10)
        cells[f"plan_{metric}"] = max(1, whole(planned / 100) * 100 if metric == "tech_contracts" else whole(planned))
    cells["entrants_three_years"] = entrants = whole(13 * wobble(0.3))
    cells["survivors_three_years"] = whole(entrants * min(1.0, (0.58 + 0.33 * strength) * wobble(0.06)))
    cells["top_award"] = "no"
    for judge in JUDGES:
        cells[f"influence#{judge}"] = whole(min(100, (58 + 34 * strength) * wobble(0.07)))
    return cells


# (id, name, kind, strength, {content: strength}, facts, cells set by hand)
CENTRES = []


def centre(ident, name, kind, strength, weak=None, facts=None, **cells):
    CENTRES.append((ident, name, kind, strength, weak or {}, facts or {}, cells))


def comprehensive(*args, **more):
    centre(args[0], args[1], "comprehensive", *args[2:], **more)


def domain(*args, **more):
    centre(args[0], args[1], "domain", *args[2:], **more)


def at(metric, *values):
    """Cells of the cycle's years; a dash leaves what was drawn."""
    return {f"{metric}@{year}": value for year, value in zip(CYCLE, values) if value != "-"}


def every(values, *metrics):
    return {column: value for metric in metrics for column, value in at(metric, *[values] * 3).items()}


def judges(*marks):
    return {f"influence#{judge}": mark for judge, mark in zip(JUDGES, marks)}


# Comprehensive: eight take part, so two may be excellent.
comprehensive("c01", "蓬瀛国家技术创新中心", 0.90, facts={"previous": "excellent"}, **at("award_first", 0, 1, 0))
comprehensive("c02", "云梦大泽国家技术创新中心", 0.86, facts={"previous": "good"}, **at("award_second", 1, 0, 1))
# Exactly 85.00 and so enough to be excellent, but the third of its kind for two places.
comprehensive("c03", "若水流域国家技术创新中心", 0.81, **at("award_second", 0, 1, 0), **judges(91, 88, NA, 90, 86, 93, 85),
              **at("national_funds", 14449.0, 14777.5, 14971.4))
comprehensive("c04", "Xingluo Bay National Center of Technology Innovation", 0.70,
              facts={"previous": "good;good"}, **at("equity_financing", "-", NR, "-"), **judges(82, 79, 88, 75, NA, NA, NA))
# Two of three yearly reports missing: 85 points and more, and good at most.
comprehensive("c05", "昆吾山脉国家技术创新中心", 0.83, facts={"previous": "excellent"}, **at("award_first", 0, 0, 1),
              **at("report_missing", "yes", "no", "yes"))
# Exactly on two edges: 200 firms served, 60% of them small.
comprehensive("c06", "沧溟沿海国家技术创新中心", 0.60, **every(NR, "first_of_kind"), **at("firms_served", 60, 70, 70),
              **at("smes_served", 36, 42, 42))
# Only two experts marked it: the mark is left out, and nobody is blamed.
comprehensive("c07", "赤水高原国家技术创新中心", 0.42, {"services": 0.3}, facts={"previous": "good"},
              **judges(66, 61, NR, NR, NA, NA, NA))
# A few cells are still to come.
comprehensive("c08", "瑶池新区国家技术创新中心", 0.70, **at("technology_adopters", "-", "-", BLANK),
              **at("staff_trained", "-", "-", BLANK), plan_key_technologies=BLANK)

# Domain: fourteen take part, so four may be excellent.
domain("d01", "国家潮汐玻璃技术创新中心", 0.97, facts={"previous": "good;excellent"}, **at("award_grand", 0, 1, 0),
       top_award="yes")
domain("d02", "National Center of Technology Innovation for Lunar Masonry", 0.92, **at("award_first", 1, 0, 0))
domain("d03", "国家雾水采集技术创新中心", 0.89, **at("award_first", 0, 1, 0), **at("award_second", 1, 0, 0))
# The same total on the last place of the quota: both are out.
domain("d04", "国家深海菌材技术创新中心", 0.84, **at("award_second", 0, 0, 1),
       **at("national_funds", 4987.3, 4406.8, 4653.7))
domain("d05", "国家冰川织造技术创新中心", 0.86, **at("award_second", 0, 1, 0),
       **at("national_funds", 5263.7, 5166.1, 4495.9))
# 85 points and more, but incubation stays below half of its points.
domain("d06", "国家月光储能技术创新中心", 1.00, {"incubation": 0.30}, **at("award_grand", 0, 0, 1))
# Exactly 60.00, and a hundredth below.
domain("d07", "国家竹基芯材技术创新中心", 0.56, **at("national_funds", 3098.6, 2849.6, 2766.6))
domain("d08", "国家地磁导航技术创新中心", 0.55, **at("national_funds", 3766.6, 3846.2, 4050.1))
domain("d09", "国家琥珀光学技术创新中心", 0.50, facts={"status": "absent", "previous": "good"})
domain("d10", "国家蜃景成像技术创新中心", 0.60, facts={"status": "withdrawn"})
# Points for excellent, and falsified data.
domain("d11", "国家声波锻造技术创新中心", 0.90, facts={"findings": "falsified", "previous": "excellent"},
       **at("award_first", 1, 0, 0))
# Approved in the cycle's second year.
domain("d12", "国家蒲公英传感技术创新中心", 0.90, facts={"since": "2024"}, entrants_three_years=NA,
       survivors_three_years=NA)
# No R&D spending in three years: really zero, not unreported.
domain("d13", "国家陨铁冶炼技术创新中心", 0.80, **every(0, "rd_spending"))
# A former national engineering research centre that kept its name; a field without shared instruments.
domain("d14", "仿生羽翼国家工程技术研究中心", 0.74, **every(NA, "instrument_hours", "instrument_rated_hours"),
       **at("service_income", "-", NR, "-"))
# R&D spending not reported: no grade without it.
domain("d15", "国家星图计时技术创新中心", 0.78, **at("rd_spending", "-", NR, "-"))
# Every yearly report late, no task due, one mark too few to leave any out.
domain("d16", "国家虹吸纺丝技术创新中心", 0.70, facts={"previous": "poor;good"}, **every("yes", "report_late"),
       **every(0, "tasks_due", "tasks_accepted_on_time"), **judges(76, 81, 69, 84, NA, NA, NA))


def rows():
    for number, (ident, name, kind, strength, weak, facts, by_hand) in enumerate(CENTRES):
        rng = random.Random(20260000 + number)
        cells = drawn(rng, kind, strength, weak)
        assert set(by_hand) <= set(cells), set(by_hand) - set(cells)
        cells.update(by_hand)
        if facts.get("status") in ("absent", "withdrawn"):
            kept = CYCLE[:1] if facts["status"] == "withdrawn" else ()
            cells = {c: v for c, v in cells.items() if any(c.endswith(f"@{y}") for y in kept)}
        since = int(facts.get("since", 0))
        cells = {c: v for c, v in cells.items() if "@" not in c or int(c.split("@")[1]) >= since}
        yield {"centre": ident, "name": name, "kind": kind, "status": "participating", **facts, **cells}


def main():
    with open(Path(__file__).resolve().with_suffix(".csv"), "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        out.writeheader()
        out.writerows(rows())


if __name__ == "__main__":
    main()
