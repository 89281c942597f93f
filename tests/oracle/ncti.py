#!/usr/bin/env python3
"""What the demo cohort of the national technology innovation centres should score, worked out a second time.

An independent reading of the outline and of the law (国科发区〔2021〕17号), in exact fractions, one function for each
indicator. It reads the cohort's CSV and nothing else: not the rubric, not the program. Where this and the program
differ, one of them is wrong, and finding out which is the point.

    python3 tests/oracle/ncti.py          writes the files beside this one:
      ncti_expected.csv                   an evaluation in progress: an empty cell is still to come, its centre incomplete
      ncti_expected_closed.csv            data handed in for good: an empty cell is not reported
      ncti_indicators.csv                 every indicator's points of the first of the two
"""

import csv
import sys
from fractions import Fraction as F
from pathlib import Path

HERE = Path(__file__).resolve().parent
COHORT = HERE.parent.parent / "rubrics" / "cohorts" / "ncti.csv"
CYCLE = (2023, 2024, 2025)
YEAR_BEFORE = 2022

# --- Cells: a number, or one of these. The lower one decides where several meet in one formula. ---------------------
BLANK, NOT_REPORTED, NOT_APPLICABLE, NO_DENOMINATOR = "0 blank", "1 not reported", "2 not applicable", "3 divided by 0"


def cell(text):
    return {"": BLANK, "NR": NOT_REPORTED, "N/A": NOT_APPLICABLE}.get(text) or F({"yes": 1, "no": 0}.get(text, text))


def is_gap(value):
    return isinstance(value, str)


class Gap(Exception):
    """A formula has no value, because of this."""


def known(*values):
    """The values, where all are numbers."""
    gaps = [v for v in values if is_gap(v)]
    if gaps:
        raise Gap(min(gaps))
    return values


def over(above, below):
    """A quotient; nothing is guessed where there is nothing to divide by."""
    above, below = known(above, below)
    if below == 0:
        raise Gap(NO_DENOMINATOR)
    return above / below


class Centre:
    def __init__(self, row, closed):
        self.row, self.closed = row, closed
        self.id, self.kind, self.status = row["centre"], row["kind"], row["status"] or "participating"
        self.since = int(row["since"] or 0)
        self.findings = [f for f in row["findings"].split(";") if f]
        self.comprehensive = self.kind == "comprehensive"

    def pick(self, comprehensive, domain):
        return F(comprehensive if self.comprehensive else domain)

    def at(self, metric, year=None):
        value = cell(self.row[metric if year is None else f"{metric}@{year}"])
        return NOT_REPORTED if value == BLANK and self.closed else value

    def years(self, metric, years=CYCLE):
        """The years in which the centre existed and the item applies to it."""
        values = [self.at(metric, y) for y in years if y >= self.since]
        return [v for v in values if v != NOT_APPLICABLE]

    def total(self, metric):
        values = self.years(metric)
        if any(map(is_gap, values)):
            return min(filter(is_gap, values))
        return sum(values, F(0)) if values else NOT_APPLICABLE

    def mean(self, metric, years=CYCLE):
        values = self.years(metric, years)
        if any(map(is_gap, values)):
            return min(filter(is_gap, values))
        return sum(values, F(0)) / len(values) if values else NOT_APPLICABLE

    def has_blanks(self):
        """Anything asked of this centre and still empty. All items are asked of both kinds."""
        for column in self.row:
            metric, _, year = column.partition("@")
            if column in ("centre", "name", "kind", "status", "since", "findings", "previous") or "#" in column:
                continue
            if year and int(year) < self.since:
                continue
            if self.at(metric, year or None) == BLANK:
                return True
        return self.panel() == BLANK

    def panel(self):
        """Experts' marks: from five up without the highest and the lowest; three at least, or there is no mark yet."""
        marks = [cell(text) for column, text in self.row.items() if column.startswith("influence#")]
        given = sorted(m for m in marks if not is_gap(m))
        if all(m == NOT_APPLICABLE for m in marks):
            return NOT_APPLICABLE                          # everybody recused
        if len(given) < 3:
            return NOT_REPORTED if NOT_REPORTED in marks or self.closed else BLANK
        if len(given) >= 5:
            given = given[1:-1]
        return sum(given, F(0)) / len(given)


# --- Rules ----------------------------------------------------------------------------------------------------------
def clip(share):
    return max(F(0), min(F(1), share))


def line(value, start, end, at_start=F(0)):
    """Nothing short of `start`, `at_start` of the points there, everything from `end` on."""
    if value < start:
        return F(0)
    return clip(at_start + (1 - at_start) * (value - F(start)) / (F(end) - F(start)))


def band(value, *steps):
    """Steps are (lowest value, share), best first; below the last there is nothing."""
    return next((F(share) for lowest, share in steps if value >= F(lowest)), F(0))


def round2(value):
    """四舍五入 to two places."""
    sign, hundredths = (-1 if value < 0 else 1), abs(value) * 100
    whole = hundredths.numerator // hundredths.denominator
    return F(sign * (whole + (1 if hundredths - whole >= F(1, 2) else 0)), 100)


# --- Indicators: each gives points out of `of` (comprehensive / domain) ------------------------------------------------
def national_projects(c, of):
    (value,) = known(c.total("national_projects"))
    return of * line(value, 0, c.pick(30, 15))


def national_funds(c, of):
    (value,) = known(c.total("national_funds"))
    return of * line(value, 0, c.pick(60000, 20000))


def tasks_on_time(c, of):
    return of * line(over(c.total("tasks_accepted_on_time"), c.total("tasks_due")), F("0.6"), 1)


def plan_targets(c, of):
    names = ("key_technologies", "invention_patents", "tech_contracts", "firms_incubated")
    done, planned = [c.total(n) for n in names], [c.at(f"plan_{n}") for n in names]
    known(*done, *planned)
    return of * sum(min(F(1), over(d, p)) for d, p in zip(done, planned)) / 4


def key_technologies(c, of):
    (value,) = known(c.total("key_technologies"))
    return min(of, value * c.pick("0.5", 1))


def patents_per_staff(c, of):
    per_hundred = 100 * over(c.total("invention_patents"), c.total("rd_staff"))
    return of * band(per_hundred, (12, 1), (9, "0.8"), (6, "0.6"), (3, "0.3"))


def pct(c, of):
    (value,) = known(c.total("pct_applications"))
    return min(of, value * c.pick("0.1", "0.2"))


def rd_share(c, of):
    return of * line(over(c.total("rd_spending"), c.total("total_spending")), F("0.2"), F("0.6"), F("0.4"))


def senior_share(c, of):
    return of * line(over(c.total("senior_researchers"), c.total("rd_staff")), F("0.1"), F("0.4"))


def first_of_kind(c, of):
    (value,) = known(c.total("first_of_kind"))
    return of * band(value, (6, 1), (4, "0.75"), (2, "0.5"), (1, "0.25"))


def of_classes(c, *metrics):
    """Counts by class. A class that does not apply to a centre adds nothing, unless none applies."""
    counts = [c.total(metric) for metric in metrics]
    if all(n == NOT_APPLICABLE for n in counts):
        raise Gap(NOT_APPLICABLE)
    return known(*[F(0) if n == NOT_APPLICABLE else n for n in counts])


def standards(c, of):
    counts = of_classes(c, "standards_international", "standards_national", "standards_industry")
    return of * line(sum(weight * n for weight, n in zip((3, 2, 1), counts)), 0, 40)


def national_awards(c, of):
    won = of_classes(c, "award_grand", "award_first", "award_second")
    highest = max([worth for worth, count in zip((10, 8, 5), won) if count > 0], default=0)
    return of * band(highest, (10, 1), (8, "0.8"), (5, "0.5"))


def technology_adopters(c, of):
    (value,) = known(c.total("technology_adopters"))
    return of * line(value, 0, 200)


def influence(c, of):
    (mark,) = known(c.panel())
    return of * mark / 100


def technology_contracts(c, of):
    (value,) = known(c.total("tech_contracts"))
    return of * line(value, 0, 50000)


def firms_served(c, of):
    served, small = c.total("firms_served"), c.total("smes_served")
    known(served, small)
    many = band(served, (300, 1), (200, "0.8"), (100, "0.6"), (50, "0.3"))
    mostly_small = band(over(small, served), (F("0.6"), 1), (F("0.5"), "0.8"), (F("0.3"), "0.5"))
    return of * min(many, mostly_small)


def service_income_share(c, of):
    return of * line(over(c.total("service_income"), c.total("total_income")), 0, F("0.5"))


def instrument_use(c, of):
    return of * line(over(c.total("instrument_hours"), c.total("instrument_rated_hours")), F("0.2"), F("0.8"))


def staff_trained(c, of):
    (a_year,) = known(c.mean("staff_trained"))
    return min(of, a_year // 50 * F("0.25"))


def firms_incubated(c, of):
    (value,) = known(c.total("firms_incubated"))
    return of * line(value, 0, 50)


def hightech_share(c, of):
    return of * band(over(c.total("firms_hightech"), c.total("firms_incubated")),
                     (F("0.3"), 1), (F("0.2"), "0.8"), (F("0.1"), "0.5"))


def equity_financing(c, of):
    years = c.years("equity_financing")
    if BLANK in years:
        raise Gap(BLANK)
    if not years:
        raise Gap(NOT_APPLICABLE)
    reported = [v for v in years if v != NOT_REPORTED]     # the firms' figures: what is reported counts
    if not reported:
        raise Gap(NOT_REPORTED)
    return of * line(sum(reported), 0, 30000)


def survival(c, of):
    share = over(c.at("survivors_three_years"), c.at("entrants_three_years"))
    return F(0) if share < F("0.6") else of * clip(share / F("0.9"))


def transfer_growth(c, of):
    last, earlier = c.at("transfer_income", CYCLE[-1]), c.mean("transfer_income", (YEAR_BEFORE, *CYCLE[:-1]))
    last, earlier = known(last, earlier)
    return of * line(over(last - earlier, earlier), 0, F("0.3"))


# What happens without a value. Not reported: "zero", "block", "leave out", or a penalty. A denominator of 0: "zero",
# or "n/a". Not applicable: left out, the criterion's other indicators carry its points.
SHEET = {
    "strategic-tasks": [
        ("national-projects", national_projects, (8, 6), "zero", "zero"),
        ("national-funds", national_funds, (7, 6), "zero", "zero"),
        ("tasks-on-time", tasks_on_time, (5, 4), "zero", "n/a"),
        ("plan-targets", plan_targets, (5, 4), "zero", "zero"),
    ],
    "key-technology": [
        ("key-technologies", key_technologies, (6, 8), "zero", "zero"),
        ("patents-per-staff", patents_per_staff, (5, 6), "zero", "zero"),
        ("pct", pct, (3, 4), "zero", "zero"),
        ("rd-share", rd_share, (5, 6), "block", "zero"),
        ("senior-share", senior_share, (3, 3), "zero", "zero"),
        ("first-of-kind", first_of_kind, (3, 3), "zero", "zero"),
    ],
    "industry-lead": [
        ("standards", standards, (5, 7), "zero", "zero"),
        ("national-awards", national_awards, (4, 5), "zero", "zero"),
        ("technology-adopters", technology_adopters, (3, 4), "zero", "zero"),
        ("influence", influence, (3, 4), "leave out", "zero"),
    ],
    "services": [
        ("technology-contracts", technology_contracts, (6, 4), "zero", "zero"),
        ("firms-served", firms_served, (5, 4), "zero", "zero"),
        ("service-income-share", service_income_share, (4, 3), F(1), "zero"),
        ("instrument-use", instrument_use, (3, 2), "zero", "zero"),
        ("staff-trained", staff_trained, (2, 2), "zero", "zero"),
    ],
    "incubation": [
        ("firms-incubated", firms_incubated, (5, 5), "zero", "zero"),
        ("hightech-share", hightech_share, (3, 3), "zero", "zero"),
        ("equity-financing", equity_financing, (3, 3), "zero", "zero"),
        ("survival", survival, (2, 2), "zero", "n/a"),
        ("transfer-growth", transfer_growth, (2, 2), "zero", "n/a"),
    ],
}
CRITERION_POINTS = {"strategic-tasks": (25, 20), "key-technology": (25, 30), "industry-lead": (15, 20),
                    "services": (20, 15), "incubation": (15, 15)}
for name, pair in CRITERION_POINTS.items():
    assert tuple(sum(row[2][k] for row in SHEET[name]) for k in (0, 1)) == pair, name
assert [sum(p[k] for p in CRITERION_POINTS.values()) for k in (0, 1)] == [100, 100]


class Result:
    """One centre's score; `points` and `criteria` hold None for what is left out."""

    def __init__(self, c):
        self.centre, self.points, self.criteria, self.blocked = c, {}, {}, False
        self.grade = self.rank = self.outcome = None
        self.scored = c.status == "participating"
        self.complete = False
        if not self.scored:
            return
        for criterion, rows in SHEET.items():
            for row in rows:
                self.points[row[0]] = self.indicator(c, *row)
            kept = [(self.points[row[0]], c.pick(*row[2])) for row in rows if self.points[row[0]] is not None]
            full = c.pick(*CRITERION_POINTS[criterion])
            available = sum((of for _, of in kept), F(0))
            subtotal = sum((p for p, _ in kept), F(0))
            self.criteria[criterion] = round2(min(full, subtotal * full / available)) if available else None
        award, late = c.at("top_award"), c.total("report_late")
        self.points["top-award"] = None if award == NOT_APPLICABLE else F(5) if award == 1 else F(0)
        self.points["late-reports"] = None if late == NOT_APPLICABLE else F(0) if is_gap(late) else min(F(6), 2 * late)
        self.criteria["bonus"] = self.points["top-award"]
        self.criteria["deductions"] = None if late == NOT_APPLICABLE else -self.points["late-reports"]
        self.total = round2(max(F(0), sum(p for p in self.criteria.values() if p is not None)))
        self.complete = not self.blocked and not c.has_blanks()

    def indicator(self, c, name, work_out, of, not_reported, nothing_below):
        try:
            return round2(work_out(c, c.pick(*of)))
        except Gap as gap:
            (why,) = gap.args
        if why == BLANK:
            return F(0)                                    # nothing yet
        if why == NOT_APPLICABLE or (why == NO_DENOMINATOR and nothing_below == "n/a"):
            return None
        if why == NO_DENOMINATOR or not_reported == "zero":
            return F(0)
        if not_reported == "leave out":
            return None
        if not_reported == "block":
            self.blocked = True
            return F(0)
        return -not_reported

    # --- Gates ---
    def must_be_poor(self):
        c = self.centre
        return "falsified" in c.findings or "integrity-breach" in c.findings or c.total("rd_spending") == 0

    def good_at_most(self):
        missing = self.centre.total("report_missing")
        return not is_gap(missing) and missing >= 2

    def strong_everywhere(self):
        """No criterion below half its points."""
        c = self.centre
        return all(self.criteria[name] is None or self.criteria[name] >= c.pick(*pair) / 2
                   for name, pair in CRITERION_POINTS.items())


def grade_all(results):
    """Art. 29: three grades. Excellent: 85 and no weak criterion, at most three in ten of each kind that take part,
    rounded down; whoever ties on the line is out with all who tie."""
    for kind in ("comprehensive", "domain"):
        taking_part = [r for r in results if r.centre.kind == kind and r.scored]
        field = [r for r in taking_part if r.complete]
        for r in field:
            r.rank = 1 + sum(other.total > r.total for other in field)
            if r.must_be_poor():
                r.grade = "poor"
            else:
                r.grade = "good" if r.total >= 60 else "poor"
        able = [r for r in field if r.total >= 85 and r.strong_everywhere()
                and not r.must_be_poor() and not r.good_at_most()]
        places = len(taking_part) * 3 // 10
        for r in able:
            # A place is safe where all who have as many points find one too.
            if sum(other.total >= r.total for other in able) <= places:
                r.grade = "excellent"
    for r in results:
        status = r.centre.status
        if status in ("absent", "withdrawn", "inspection-failed"):
            r.outcome = "remove"
        elif status == "inspection-passed":
            r.outcome = "next-cycle"
        else:
            r.outcome = {"excellent": "next-cycle", "good": "next-cycle", "poor": "rectify"}.get(r.grade)


def shown(value):
    """Two places, as a sheet prints them; nothing for nothing."""
    if value is None or isinstance(value, str):
        return value or ""
    hundredths = value * 100
    assert hundredths.denominator == 1, value
    sign, digits = ("-" if value < 0 else ""), abs(int(hundredths))
    return f"{sign}{digits // 100}.{digits % 100:02}"


def evaluate(closed):
    with open(COHORT, encoding="utf-8", newline="") as file:
        results = [Result(Centre(row, closed)) for row in csv.DictReader(file)]
    grade_all(results)
    return results


def write(name, header, rows):
    with open(HERE / name, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def main():
    criteria = [*CRITERION_POINTS, "bonus", "deductions"]
    for name, closed in (("ncti_expected.csv", False), ("ncti_expected_closed.csv", True)):
        rows = []
        for r in evaluate(closed):
            parts = [shown(r.criteria.get(k)) for k in criteria]
            total = shown(r.total) if r.complete else ""
            rows.append([r.centre.id, *parts, total, shown(r.grade), "" if r.rank is None else r.rank, shown(r.outcome)])
        write(name, ["centre", *criteria, "total", "grade", "rank", "outcome"], rows)
    results = [r for r in evaluate(False) if r.scored]
    names = list(results[0].points)
    write("ncti_indicators.csv", ["centre", *names],
          [[r.centre.id, *(shown(r.points[n]) for n in names)] for r in results])


if __name__ == "__main__":
    sys.exit(main())
