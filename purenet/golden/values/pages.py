"""The golden cases, and the certified values of one, as pages."""

from purenet.document.formats import Section, notation_for, to_csv, to_json, write
from purenet.document.table import Table
from purenet.golden.values.case_files import FIELDS, golden_case, golden_names, value_records


def cases_page(format, width, ascii):
    """Return the list of the golden cases in a format."""
    headers = ["case", "title", "network", "steps", "values", "blind to"]
    rows = [case_cells(golden_case(name)) for name in golden_names()]
    if format == "csv":
        return to_csv(headers, rows)
    if format == "json":
        return to_json([dict(zip(headers, row)) for row in rows], ascii)
    table = Table(headers, rows, [(0, 1), (2,), (3,), (4,), (5,)], wraps=("title",), plain=headers)
    words = ["A case is blind to the mistakes that leave all its values as they are. Together they see all of them."]
    return write([Section("Golden cases", words, table=table, level=1)], format, width, ascii)


def case_cells(case):
    sizes = "-".join(map(str, case.network_data.sizes))
    values = len(list(value_records(case)))
    return [case.id, case.title, sizes, str(len(case.batch_sizes)), str(values), str(len(case.blind_to))]


def case_page(case, tolerances, format, width, ascii):
    """Return the certified values of a case in a format, with their tolerances if they are asked for."""
    if format == "csv":
        return to_csv(FIELDS, value_records(case))
    if format == "json":
        return to_json(case.certified, ascii)
    notation = notation_for(format, ascii)
    words = [case.source.get("note", ""), f"Revision {case.revision}. {len(case.blind_to)} mistakes do not show here."]
    rows = []
    for name, place, _, true, _, *bounds in value_records(case):
        bounds = ["none" if bound == "null" else bound for bound in bounds] if tolerances else []
        rows.append([name if place == "0" else "", place, notation.number(true.lower()), *bounds])
    headers = ["name", "place", "true value, proved", *(FIELDS[5:] if tolerances else ())]
    table = Table(headers, rows, [(0,), (1,), tuple(range(2, len(headers)))], plain=["name", "place", *headers[3:]])
    sections = [
        Section(f"{case.id}: {case.title}", list(filter(None, words)), level=1),
        Section("Certified values", table=table),
    ]
    return write(sections, format, width, ascii)
