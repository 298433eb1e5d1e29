"""The colours of all pictures, in light and in dark, and how a style sheet gets them.

A module's style names a colour as CSS does, `var(--now)`. `style_sheet` replaces each name by its colour, because many
programs that draw SVG (librsvg, cairosvg, resvg) know no variables and would paint everything black.
"""

import re

from purenet.errors import NetworkError, quoted

# name: (light, dark); text has a contrast of at least 4.5:1 with anything it may be drawn on, lines have 3:1
PALETTE = {
    "paper": ("#ffffff", "#14171a"),
    "text": ("#1b1f24", "#f0f2f4"),
    "muted": ("#545b64", "#b4bcc5"),
    "now": ("#17722f", "#56d364"),
    "now-fill": ("#d8f5de", "#11391d"),
    "operand": ("#1b5dbf", "#80bcff"),
    "operand-fill": ("#e0ecff", "#12294a"),
    "done": ("#77620a", "#d9bf45"),
    "done-fill": ("#fdf6d7", "#2d2709"),
    "not-yet": ("#6f7781", "#8b949e"),
    "lit": ("#8b1fa9", "#f0a8ff"),
}
LIGHT, DARK = 0, 1
THEMES = ("auto", "light", "dark")
DARK_SCREENS = "@media screen and (prefers-color-scheme:dark){"


def style_sheet(*styles):
    r"""Return styles as one sheet: all rules in light colours, then those with a colour again, for dark screens.

    >>> print(style_sheet("svg .line{fill:none;stroke:var(--now)}\n"), end="")
    svg .line{fill:none;stroke:#17722f}
    @media screen and (prefers-color-scheme:dark){
    svg .line{stroke:#56d364}
    }
    """
    sheet = re.sub(r"/\*.*?\*/\s*", "", "".join(styles), flags=re.DOTALL)
    dark = []
    for selectors, declarations in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        coloured = [declaration.strip() for declaration in declarations.split(";") if "var(" in declaration]
        if coloured:
            dark.append(f"{selectors.strip()}{{{';'.join(coloured)}}}\n")
    return f"{with_colours(sheet, LIGHT)}{DARK_SCREENS}\n{with_colours(''.join(dark), DARK)}}}\n"


def with_colours(sheet, theme):
    """Return a style sheet with the colours of a theme in place of their names."""
    return re.sub(r"var\(--([a-z-]+)\)", lambda name: PALETTE[name[1]][theme], sheet)


def themed(picture, theme):
    """Return a picture in the colours of one theme, "light" or "dark", wherever it is shown; "auto" leaves the choice.

    Raises NetworkError for another theme.
    """
    if theme not in THEMES:
        raise NetworkError(f"there is no theme {quoted(theme)}: choose auto, light or dark")
    if theme == "auto":
        return picture
    before, style, after = re.split("(?<=<style>)(.*?)(?=</style>)", picture, maxsplit=1, flags=re.DOTALL)
    style = style.partition(DARK_SCREENS)[0].replace("color-scheme:light dark", f"color-scheme:{theme}")
    if theme == "dark":
        dark = {light: dark for light, dark in PALETTE.values()}
        style = re.sub("#[0-9a-f]{6}", lambda colour: dark[colour[0]], style)
    return type(picture)(before + style + after)
