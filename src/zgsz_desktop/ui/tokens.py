"""The token table: every colour of the window, light and dark, as values.

Nothing else in the window writes a colour: the stylesheet, the palette, the painted widgets and the delegates read
this table. Each text colour keeps a contrast of at least 4.5 on every ground it may stand on (a test computes it);
`disabled` alone is exempt, because the reason for being disabled stands beside it.
"""

from dataclasses import dataclass

INK = "#10141A"
PAPER = "#FFFFFF"
LINEAR_BELOW = 0.04045  # WCAG 2: below it the sRGB curve is a straight line


@dataclass(frozen=True, slots=True)
class Tokens:
    """One mode's colours, named by purpose.

    Attributes:
        dark: whether this is the dark table (higher is lighter there).
        grades: the fills of the ten grades, lowest first.
        seq: the five bins of shares, lowest first.
    """

    dark: bool
    canvas: str
    surface: str
    sunken: str
    hover: str
    press: str
    seg_on: str
    line: str
    line2: str
    line3: str
    text: str
    text2: str
    text3: str
    disabled: str
    accent: str
    fill: str
    fill_hover: str
    fill_press: str
    on_fill: str
    on_fill_line: str
    accent_bg: str
    accent_bg2: str
    accent_line: str
    ok: str
    ok_bg: str
    ok_line: str
    warn: str
    warn_bg: str
    warn_line: str
    bad: str
    bad_bg: str
    bad_line: str
    mark: str
    tip: str
    on_tip: str
    series2: str
    seq: tuple[str, ...]
    grades: tuple[str, ...]


LIGHT = Tokens(
    dark=False,
    canvas="#F1F3F6",
    surface="#FFFFFF",
    sunken="#F8F9FB",
    hover="#F1F3F6",
    press="#E5E8ED",
    seg_on="#FFFFFF",
    line="#E3E6EB",
    line2="#C9CFD8",
    line3="#838C99",
    text="#1A1F27",
    text2="#48515F",
    text3="#5D6674",
    disabled="#9AA3AF",
    accent="#2257C5",
    fill="#2257C5",
    fill_hover="#1C4AAB",
    fill_press="#173D8F",
    on_fill="#FFFFFF",
    on_fill_line="#8FB0F0",
    accent_bg="#EEF3FD",
    accent_bg2="#DDE8FB",
    accent_line="#A5C0F2",
    ok="#17734A",
    ok_bg="#E8F5EE",
    ok_line="#B0DBC4",
    warn="#8A5200",
    warn_bg="#FFF4DC",
    warn_line="#EBCB85",
    bad="#B3261E",
    bad_bg="#FDEDEB",
    bad_line="#F0B9B3",
    mark="#FFEBA8",
    tip="#262C35",
    on_tip="#F4F6F9",
    series2="#9A6A00",
    seq=("#EEF3FD", "#D3E1FA", "#A9C3F3", "#6E99E8", "#2257C5"),
    grades=(
        "#FCEBCB",
        "#E3D5A1",
        "#C4C379",
        "#92B474",
        "#61A17D",
        "#2F8C85",
        "#02728D",
        "#295387",
        "#3A376B",
        "#391F48",
    ),
)

DARK = Tokens(
    dark=True,
    canvas="#131519",
    surface="#1B1E23",
    sunken="#17191E",
    hover="#24282F",
    press="#2E333B",
    seg_on="#414854",
    line="#2B3038",
    line2="#414854",
    line3="#77818F",
    text="#E7EAEF",
    text2="#B2BAC6",
    text3="#9AA3B0",
    disabled="#5E6773",
    accent="#8DB2FA",
    fill="#3465D4",
    fill_hover="#3D6DDB",
    fill_press="#2A55B8",
    on_fill="#FFFFFF",
    on_fill_line="#8FB0F0",
    accent_bg="#1B2944",
    accent_bg2="#233659",
    accent_line="#3D5C9A",
    ok="#67C796",
    ok_bg="#16291F",
    ok_line="#2C5A42",
    warn="#E5B15A",
    warn_bg="#2C2413",
    warn_line="#5F4B22",
    bad="#F58F85",
    bad_bg="#321B1A",
    bad_line="#70332E",
    mark="#55450F",
    tip="#E7EAEF",
    on_tip="#1A1F27",
    series2="#D9A441",
    seq=("#1B2944", "#263F70", "#3A5FA8", "#5F8ADB", "#A3C2FB"),
    grades=(
        "#433304",
        "#484A23",
        "#4D5F42",
        "#537461",
        "#5F8781",
        "#679CA5",
        "#71AED2",
        "#98BBF7",
        "#CBC9FB",
        "#EFDDFB",
    ),
)


def luminance(colour: str) -> float:
    """Give the relative luminance of `#RRGGBB` (WCAG 2)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= LINEAR_BELOW else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def text_on(fill: str) -> str:
    """Choose ink or paper for text on a fill: whichever contrasts more."""
    return max((INK, PAPER), key=lambda candidate: contrast(candidate, fill))
