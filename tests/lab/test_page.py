"""The page of the lab and its files."""

import json
import re
from html import unescape

from purenet.lab.page import lab_page, lab_script, lab_style, page_files

FIRST = {"do": "open", "case": 'a "case" & <more>'}


def test_the_page_has_the_first_request_escaped():
    page = lab_page("carry_http.js", FIRST)
    assert json.loads(unescape(re.search('<body data-first="([^"]*)">', page)[1])) == FIRST


def test_the_page_loads_its_own_files_in_order_and_nothing_else():
    page = lab_page("carry_http.js", FIRST)
    assert re.findall(r'(?:src|href)="([^#"]*)"', page) == ["data:,", "lab.css", "carry_http.js", "lab.js"]
    assert not re.search(r"<style|<script>|style=| on[a-z]+=|https?://", page)
    assert page.count("defer") == 2


def test_names_in_the_first_request_are_not_taken_for_parts_of_the_page():
    page = lab_page("carry_http.js", {"do": "open", "case": "CARRIER POLICY FIRST"})
    assert 'src="carry_http.js"' in page
    assert "CARRIER POLICY FIRST" in page


def test_a_policy_is_in_the_page_where_no_server_sends_one():
    assert "Content-Security-Policy" not in lab_page("carry_http.js", FIRST)
    policy = "default-src 'none'; script-src 'self'"
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in lab_page("carry_http.js", FIRST, policy)


def test_the_files_are_the_page_its_style_and_two_scripts():
    files = page_files("carry_http.js", FIRST)
    assert list(files) == ["index.html", "lab.css", "lab.js", "carry_http.js"]
    assert files["lab.js"] == lab_script()
    assert files["lab.css"] == lab_style()


def test_the_style_has_no_tag_and_the_script_computes_with_no_function_of_a_network():
    assert "</" not in lab_style()
    assert not re.search(r"Math\.(exp|tanh|log|pow)|\beval\b|new Function", lab_script())
