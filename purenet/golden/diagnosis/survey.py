"""What came of asking a program about several cases: an outcome for each, and what explains the failures."""

from purenet.document.formats import Section, to_csv, to_json, write
from purenet.document.table import Table
from purenet.golden.diagnosis.check import Check, ratio_text
from purenet.golden.diagnosis.diagnosis import Diagnosis
from purenet.golden.diagnosis.findings import diagnosis_section
from purenet.golden.diagnosis.report import check_data

HEADERS = ["case", "outcome", "quantities", "worst", "first difference, or reason"]


class Survey:
    """The answers of a program, given as pairs of a case and an `Answer`, checked and, if `diagnosing`, explained.

    rows        the cells about each case, in the order of HEADERS
    agreeing    the ids of the cases that agree; `too_few`, of those with too few digits to tell; `skipped`, of those that
                the program does not do; `failed`, of the others
    diagnosis   None if it is not asked for
    """

    def __init__(self, answered, diagnosing, progress=lambda words: None):
        self.answered = [(case, answer, answer.values and Check(case, answer.values)) for case, answer in answered]
        self.checks = [check for _, _, check in self.answered if check]
        stopped = [case for case, answer, _ in self.answered if answer.problem is not None]
        self.diagnosis = Diagnosis(self.checks, stopped, progress) if diagnosing else None
        self.rows = [[case.id, *outcome(answer, check)] for case, answer, check in self.answered]
        self.agreeing, self.too_few, self.skipped = map(self.with_outcome, ("agrees", "too few digits", "skipped"))
        self.failed = [id for id, *_ in self.rows if id not in self.agreeing + self.too_few + self.skipped]

    def with_outcome(self, outcome):
        return [id for id, verdict, *_ in self.rows if verdict == outcome]

    @property
    def outcome(self):
        """What came of it as a whole: "agrees", "differs", "too few digits" or "nothing compared"."""
        if self.failed or self.too_few:
            return "differs" if self.failed else "too few digits"
        return "agrees" if self.agreeing else "nothing compared"

    def problem(self):
        """Return in a sentence why the program as a whole does not pass; "" if it does."""
        if self.outcome == "too few digits":
            few = f"{len(self.too_few)} of {len(self.rows)} cases"
            return f"too few digits to tell in {few}, {names_of(self.too_few)}: print 17, with %.17g"
        if self.failed:
            return f"{len(self.failed)} of {len(self.rows)} cases failed: {names_of(self.failed)}"
        return "" if self.agreeing else "no case agrees: all were skipped"

    def page(self, title, format, width, ascii):
        """Return the outcomes, and the diagnosis if there is one, in a format."""
        if format == "csv":
            return to_csv(HEADERS, self.rows)
        if format == "json":
            return to_json(self.data(), ascii)
        words = [f"{len(self.agreeing)} of {len(self.rows)} cases agree; {len(self.skipped)} were skipped."]
        if self.too_few:
            words.append(f"Too few digits to tell in {len(self.too_few)}: print 17, with %.17g.")
        types = {
            " or ".join(check.values.types) + (" (a guess)" if check.values.guessed else "") for check in self.checks
        }
        if types:
            words.append(
                f"Compared as {', '.join(sorted(types))}; the worst difference of each case is given in tolerances."
            )
        table = Table(
            HEADERS, self.rows, [(0, 1), (2, 3), (4,)], wraps=HEADERS[4:], plain=HEADERS, verdicts=HEADERS[1:2]
        )
        sections = [Section(title, words, table=table.without_empty_columns(), level=1)]
        if self.diagnosis is not None:
            problems = dict.fromkeys(answer.problem for _, answer, _ in self.answered if answer.problem is not None)
            sections.append(diagnosis_section(self.diagnosis, problems))
        return write(sections, format, width, ascii)

    def data(self):
        """Return the outcomes as data for JSON."""
        return [
            check_data(check, self.diagnosis) if check else {"case": id, "outcome": verdict, "reason": reason}
            for (_, _, check), (id, verdict, _, _, reason) in zip(self.answered, self.rows)
        ]


def outcome(answer, check):
    """Return the cells about one answer: outcome, number of quantities, worst difference, and a name or a reason."""
    if answer.problem is not None:
        return ["no answer", "", "", answer.problem]
    if answer.skipped is not None:
        return ["skipped", "", "", answer.skipped]
    reported = f"{len(check.rows) - len(check.unreported)} of {len(check.rows)}"
    if check.outcome == "nothing compared":
        return ["nothing compared", reported, "", "no number was reported for which there is a bound"]
    worst = ratio_text(max(row.ratio for row in check.compared + check.too_few))
    first = (check.differing or check.too_few or [None])[0]
    return [check.outcome, reported, worst, first.name if first else ""]


def names_of(cases):
    return ", ".join(cases[:5] + ["…"] * (len(cases) > 5))
