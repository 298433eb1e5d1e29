"""Pictures as other programs draw them: librsvg, as in slides and in pandoc, and CairoSVG. Without them, skipped."""

import collections
import re
import shutil
import struct
import subprocess
import zlib

import pytest

from purenet import NetworkError
from purenet.drawing import converted
from purenet.drawing.palette import LIGHT, PALETTE, themed
from tests.drawing.every_picture import PICTURES

WIDTH = 400
KINDS = ["deltas", "network", "loss", "four regions", "weights", "mistakes"]


def with_librsvg(picture):
    if shutil.which("rsvg-convert") is None:
        pytest.skip("rsvg-convert is not installed: apt-get install librsvg2-bin")
    command = ["rsvg-convert", "--keep-aspect-ratio", "--width", str(WIDTH)]
    return subprocess.run(command, input=picture.encode("utf-8"), capture_output=True, check=True).stdout


def with_cairosvg(picture):
    try:
        import cairosvg
    except (ImportError, OSError):  # OSError: there is no cairo library
        pytest.skip("CairoSVG is not installed: pip install cairosvg")
    return cairosvg.svg2png(bytestring=picture.encode("utf-8"), output_width=WIDTH)


def with_resvg(picture):
    resvg = pytest.importorskip("resvg_py", reason="resvg is not installed: pip install resvg_py")
    return bytes(resvg.svg_to_bytes(svg_string=picture, width=WIDTH))


def pixels(png):
    """Return the number of pixels of each colour, (red, green, blue), of a PNG file with 8 bits for each."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    place, packed = 8, b""
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        content = png[place + 8 : place + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colours = struct.unpack(">IIBB", content[:10])
            assert depth == 8 and colours in (2, 6)
            size = 4 if colours == 6 else 3  # bytes of a pixel, with its opacity or without
        packed += content if kind == b"IDAT" else b""
        place += length + 12
    data, above, found = zlib.decompress(packed), bytes(size * width), collections.Counter()
    for row in range(height):
        line = data[row * (size * width + 1) : (row + 1) * (size * width + 1)]
        above = unfiltered(line[0], line[1:], above, size)
        found.update(zip(above[0::size], above[1::size], above[2::size]))
    return found


def unfiltered(kind, line, above, size):
    """Return a row of a PNG file without its filter: none, left, above, their mean, or Paeth's choice."""
    if kind == 0:
        return line
    if kind == 2:
        return bytes((a + b) & 255 for a, b in zip(line, above))
    row, zeros = bytearray(line), bytes(size)
    guess = {1: lambda left, upper, corner: left, 3: lambda left, upper, corner: (left + upper) // 2, 4: paeth}[kind]
    for n, (upper, corner) in enumerate(zip(above, zeros + above)):
        row[n] = (row[n] + guess(row[n - size] if n >= size else 0, upper, corner)) & 255
    return bytes(row)


def paeth(left, upper, corner):
    """Return the one of three neighbours that is nearest to left + upper − corner, the first of those as near."""
    to_left, to_upper = abs(upper - corner), abs(left - corner)
    to_corner = abs(left + upper - 2 * corner)
    if to_left <= to_upper and to_left <= to_corner:
        return left
    return upper if to_upper <= to_corner else corner


def colour(name):
    text = PALETTE[name][LIGHT]
    return tuple(int(text[n : n + 2], 16) for n in (1, 3, 5))


@pytest.mark.parametrize("render", [with_librsvg, with_cairosvg, with_resvg])
@pytest.mark.parametrize("name", KINDS)
def test_paper_is_light_and_text_is_dark(name, render):
    found = pixels(render(PICTURES[name]))
    assert found.most_common(1)[0][0] == (255, 255, 255)
    assert 0.4 < found[255, 255, 255] / sum(found.values()) < 0.99
    assert len(found) > 20  # edges of letters are smooth
    assert sum(count for pixel, count in found.items() if max(pixel) < 130) > 30
    assert (0, 0, 0) not in found


@pytest.mark.parametrize("render", [with_librsvg, with_cairosvg, with_resvg])
def test_the_states_of_a_step_have_their_colours(render):
    found = pixels(render(PICTURES["deltas"]))
    for name in ("now-fill", "operand-fill", "done-fill"):
        assert found[colour(name)] > 100, name


@pytest.mark.slow
@pytest.mark.parametrize("theme, paper", [("light", (255, 255, 255)), ("dark", (20, 23, 26))])
@pytest.mark.parametrize("find", [converted.rsvg_convert, converted.cairosvg, converted.resvg])
def test_a_png_file_has_the_colours_of_its_theme_and_twice_the_pixels(find, theme, paper):
    convert = find("png")
    if convert is None:
        pytest.skip(f"{find.__name__} is not installed")
    picture = themed(PICTURES["loss"], theme)
    found = pixels(convert(picture))
    assert found.most_common(1)[0][0] == paper
    width, height = (float(re.search(f' {name}="([0-9.]+)"', picture)[1]) for name in ("width", "height"))
    assert sum(found.values()) == pytest.approx(4 * width * height, rel=0.01)


def test_a_picture_that_cannot_be_drawn_is_one_sentence():
    if converted.rsvg_convert("png") is None:
        pytest.skip("rsvg-convert is not installed: apt-get install librsvg2-bin")
    with pytest.raises(NetworkError, match="^rsvg-convert cannot draw this picture: "):
        converted.rsvg_convert("png")("no picture")
