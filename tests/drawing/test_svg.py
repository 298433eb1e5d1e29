from xml.etree import ElementTree

from purenet.drawing.svg import Element, escape, svg_picture


def test_the_text_of_an_element_is_escaped():
    element = Element("text", {"data-name": '"><script>'}, "<script>alert(1)</script> & more")
    assert str(element) == (
        '<text data-name="&quot;&gt;&lt;script&gt;">&lt;script&gt;alert(1)&lt;/script&gt; &amp; more</text>'
    )
    assert escape("a\x00b\x1b") == "a\ufffdb\ufffd"


def test_a_picture_is_xml_with_a_title_and_a_description():
    text = str(svg_picture(10, 20.5, "Title & <more>", "What is seen.", [Element("g")], "svg{}", "p1"))
    root = ElementTree.fromstring(text)
    assert root.get("viewBox") == "0 0 10 20.5"
    assert root.get("aria-labelledby") == "p1-title p1-description"
    space = "{http://www.w3.org/2000/svg}"
    assert [child.tag.replace(space, "") for child in root] == ["title", "desc", "style", "rect", "g"]
    assert root[0].text == "Title & <more>" and root[0].get("id") == "p1-title"
