"""Write golden cases: the case with its certified values as JSON, the same as TSV, and the list of all with checksums.

Everything is written the same, byte for byte, by every Python on every machine.
"""

import hashlib
import json
import os
from decimal import Decimal

from purenet.cases import Case
from purenet.errors import NetworkError
from purenet.golden.mistakes.detection import undetected
from purenet.golden.values.case_files import case_tsv, golden_case, plain_text, with_plain_network
from purenet.golden.values.certify import certify
from purenet.storage.files import file_name, read_json, read_text
from purenet.storage.json_text import json_text

BESIDE = os.path.dirname(os.path.abspath(__file__))  # the folder of the schema, the protocol and the manifest


def generated(path):
    """Return the text of a case file, with its certified values computed again, and its network in plain form."""
    return certified_text(read_json(path), file_name(path))


def certified_text(data, where):
    """Return the text of a case file from data of a case, with certified values; `where` names the data in messages."""
    case = Case(data, where)
    check_id(case, where)
    data = with_plain_network({"format_version": 1, "id": case.id, **data}, case)
    data = {name: value for name, value in data.items() if name not in ("blind_to", "certified")}
    data.setdefault("batch_sizes", case.batch_sizes)
    usual = {"gradient": "mean", **case.settings, "trained_biases": True, "revision": 1}
    for name, value in usual.items():  # so that whoever reads the file need not know them
        data.setdefault(name, value)
    certify_now(case)
    return json_text({**data, "blind_to": case.blind_to, "certified": case.certified}) + "\n"


def certify_now(case):
    """Give a case its certified values, and the mistakes that it is blind to."""
    case.certified = as_read(certify(case))
    case.blind_to = undetected(case)


def check_id(case, path):
    """Raise NetworkError unless the id of a case can be the name of its files."""
    if not case.id.replace("-", "").isalnum():
        raise NetworkError(
            f'{path}: the id {case.id!r} must be made of letters, digits and hyphens, as in "id": "my-case"'
        )
    if case.id == "manifest":
        raise NetworkError(f"{path}: the id 'manifest' is the name of the list of all cases: choose another")


def as_read(certified):
    """Return certified values as they are once written and read again."""
    return json.loads(json_text(certified), parse_float=Decimal)


def exported(names):
    """Return the files to give to a program in any language: the cases, their checksums, the schema and the protocol.

    The result is a dictionary from names of files to their texts.
    """
    texts, json_texts = {}, {}
    for name in names:
        case = golden_case(name)
        texts[f"{case.id}.json"] = json_texts[case.id] = plain_text(name)
        texts[f"{case.id}.tsv"] = case_tsv(case)
    texts["manifest.json"] = manifest_text(json_texts)
    for name in ("case.schema.json", "PROTOCOL.md"):
        texts[name] = read_text(os.path.join(BESIDE, name))
    return texts


def manifest_text(texts):
    """Return the list of cases with checksums, from a dictionary of names to texts of JSON files."""
    entries = []
    for name, text in sorted(texts.items()):
        case = Case(json.loads(text, parse_float=Decimal), name)
        entries.append(
            {
                "id": name,
                "revision": case.revision,
                "json": checksum(text),
                "tsv": checksum(case_tsv(case)),
            }
        )
    return json_text({"format_version": 1, "license": "CC0-1.0", "checksum": "sha256", "cases": entries}) + "\n"


def checksum(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
