"""The programme on paper, in Arabic and French at once: A4 sheets by day, an A3 sheet for the wall."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from village.kit import pdf, qr
from village.kit.i18n import format_clock, format_day
from village.kit.pdf.fitting import POINT_MM
from village.kit.zellige import band, emblem
from village.workshops.calendars import spoken
from village.workshops.rules import KINDS, THEMES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from village.editions.queries import BreakRow, CeremonyRow, EditionView, VenueRow
    from village.workshops.queries import WorkshopRow

DESIGN = "programme"
# Width and height in millimetres.
PAPERS = {"a4": (210.0, 297.0), "a3": (420.0, 297.0)}
# A wall sheet holds three columns. How high a line stands there is told from the measured width of its words, in
# millimetres at the smallest size; the largest size at which every day fits its column is taken.
COLUMNS, COLUMN_MM, SIZES = 3, 212.0, (1.45, 1.35, 1.25, 1.2, 1.15, 1.1, 1.05, 1.0, 0.95, 0.9)
USUAL = 1.0
FAMILY, NORMAL, BOLD = "IBM Plex Sans Arabic", 400, 700
ROW_MM, WORDS_MM, HOURS_MM = 3.2, 126.0, 19.0
# Height of a printed line, and size of its letters: titles in each script, what stands below them, the place above.
AR, FR, MORE, PLACE = (6.3, 4.6), (5.2, 3.9), (4.5, 3.3), (5.8, 4.0)
PLACE_MM, PLACE_WORDS_MM = 3.4, 125.0
# Lines break at words: so much of a line stays free.
BROKEN = 1.06
BREAKS = {
    "friday_prayer": ("استراحة صلاة الجمعة", "Pause de la prière du vendredi"),
    "prayer": ("استراحة الصلاة", "Pause de prière"),
}
CANCELLED = ("ألغيت هذه الحصة", "Séance annulée")
BREAK = ("استراحة", "Pause")


@dataclass(frozen=True)
class Line:
    """One line of a day: hours as printed, words in both languages; `tone` is session, cancelled, ceremony or break."""

    starts: str
    ends: str
    title_ar: str
    title_fr: str
    more_ar: str
    more_fr: str
    tone: str

    def values(self) -> dict[str, object]:
        """The line as the design takes it."""
        return dict(vars(self))

    def height(self, size: float) -> float:
        """An estimate in millimetres on a wall sheet of letters of this size, rather too high than too low."""
        more = _lines(self.more_ar, MORE, size) + _lines(self.more_fr, MORE, size)
        words = _lines(self.title_ar, AR, size, BOLD) + _lines(self.title_fr, FR, size) + more
        return ROW_MM * size + words


@dataclass(frozen=True)
class Place:
    """What happens at one place on one day, in order of time."""

    name_ar: str
    name_fr: str
    lines: tuple[Line, ...]

    def height(self, size: float) -> float:
        """An estimate of its heading alone."""
        measured = pdf.width_mm(self.name_ar, FAMILY, BOLD, PLACE[1] * size / POINT_MM)
        measured += pdf.width_mm(self.name_fr, FAMILY, BOLD, PLACE[1] * size / POINT_MM)
        return size * (PLACE_MM + PLACE[0] * ceil(measured * BROKEN / PLACE_WORDS_MM))


@dataclass(frozen=True)
class Day:
    """A day of the programme, by place."""

    day: date
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Sheets:
    """Sheets ready to be laid out; `digest` names their content."""

    html: str
    style: str
    digest: str

    def print(self) -> bytes:
        """Lay the sheets out as a tagged PDF."""
        return pdf.to_pdf(self.html, self.style, tags=True)


def days_of(
    rows: Sequence[WorkshopRow],
    ceremonies: Sequence[CeremonyRow],
    breaks: Sequence[BreakRow],
    venues: Mapping[int, VenueRow],
) -> list[Day]:
    """Put sessions, ceremonies and breaks in order: by day, by venue, by time."""
    found = []
    for day, sessions in groupby(rows, key=lambda row: row.day):
        at: dict[int | None, list[tuple[Any, Line]]] = {}
        for row in sessions:
            at.setdefault(row.venue_id, []).append((row.starts, _session(row)))
        for one in ceremonies:
            if one.date == day:
                at.setdefault(one.venue_id, []).append((one.starts, _ceremony(one)))
        pauses = [(one.starts, _break(one)) for one in breaks if one.date == day]
        places = []
        for venue_id in sorted(at, key=lambda number: (number is None, venues[number].code if number else "")):
            lines = at[venue_id] + (pauses if venue_id is not None else [])
            names = _place(venues.get(venue_id or 0))
            places.append(Place(*names, tuple(line for _, line in sorted(lines, key=lambda pair: pair[0]))))
        found.append(Day(day, tuple(places)))
    return found


def compose(edition: EditionView, days: Sequence[Day], paper: str, address: str) -> Sheets:
    """Fill the design.

    Args:
        edition: the fair.
        days: what happens, from `days_of`.
        paper: a key of `PAPERS`.
        address: where the fair is online; the sheets carry its programme as a code.

    """
    width, _height = PAPERS[paper]
    # In capitals, which make the symbol smaller; the page answers in the reader's language.
    link = f"{address.rstrip('/')}/W".upper()
    values: dict[str, Any] = {
        "fair_ar": edition.name_ar,
        "fair_fr": edition.name_fr,
        "theme_ar": edition.theme_ar,
        "theme_fr": edition.theme_fr,
        "dates_ar": _dates(edition, "ar"),
        "dates_fr": _dates(edition, "fr"),
        "number": edition.number,
        "band": Markup(band(width, 8)),  # noqa: S704 - our own drawing
        "low_band": Markup(band(width, 4)),  # noqa: S704 - our own drawing
        "emblem": Markup(emblem(20)),  # noqa: S704 - our own drawing
        "qr": qr.svg(qr.matrix(link), "البرنامج – Programme"),
        "link": address.rstrip("/").partition("://")[2] + "/W",
    }
    if paper == "a4":
        template, style = f"{DESIGN}/template.html", f"{DESIGN}/theme.css"
        values["days"] = [_day(one.day, one.places) for one in days]
    else:
        template, style = f"{DESIGN}/wall.html", f"{DESIGN}/wall.css"
        size, sheets = wall_sheets(days)
        values |= {"sheets": sheets, "size": size}
    html = pdf.compose(template, **values)
    return Sheets(html, style, sha256(f"{html}\0{_style(style)}".encode()).hexdigest()[:32])


def wall_sheets(days: Sequence[Day]) -> tuple[float, list[list[dict[str, object]]]]:
    """Cut days into columns that fit, and columns into sheets; a day that goes on says its date again.

    Letters are made smaller than usual only where that brings every day into its column.

    Returns:
        the size of the letters, 1 for the usual one, and the sheets.

    """
    for size in SIZES:
        columns = [column for one in days for column in _columns(one, size)]
        if len(columns) == len(days):
            break
    else:
        size, columns = USUAL, [column for one in days for column in _columns(one, USUAL)]
    return size, [columns[start : start + COLUMNS] for start in range(0, len(columns), COLUMNS)]


def _columns(one: Day, size: float) -> list[dict[str, object]]:
    columns = []
    taken, places = 0.0, list[Place]()
    for place in one.places:
        lines: list[Line] = []
        taken += place.height(size)
        for line in place.lines:
            if taken + line.height(size) > COLUMN_MM and (lines or places):
                columns.append(_day(one.day, [*places, *_part(place, lines)]))
                taken, places, lines = place.height(size), [], []
            lines.append(line)
            taken += line.height(size)
        places += _part(place, lines)
    return [*columns, _day(one.day, places)]


def _lines(words: str, letters: tuple[float, float], size: float, weight: int = NORMAL) -> float:
    """Return the height of words on a wall sheet; nothing where there are none."""
    if not words:
        return 0.0
    measured = pdf.width_mm(words, FAMILY, weight, letters[1] * size / POINT_MM)
    return letters[0] * size * ceil(measured * BROKEN / (WORDS_MM - HOURS_MM * size))


def _part(place: Place, lines: Sequence[Line]) -> list[Place]:
    return [Place(place.name_ar, place.name_fr, tuple(lines))] if lines else []


def _day(day: date, places: Sequence[Place]) -> dict[str, object]:
    return {
        "ar": format_day(day, "ar"),
        "fr": format_day(day, "fr"),
        "places": [
            {"ar": each.name_ar, "fr": each.name_fr, "lines": [line.values() for line in each.lines]} for each in places
        ],
    }


def _session(row: WorkshopRow) -> Line:
    known = KINDS.get(row.kind)
    kind = (known.ar, known.fr) if known else ("", "")
    room = (row.room.name_ar, row.room.name_fr) if row.room else ("", "")
    hybrid = ("وعن بعد", "et à distance") if row.mode == "hybrid" else ("", "")
    led_ar = "، ".join(each.name_ar or each.name_fr for each in row.trainers)
    led = (led_ar, ", ".join(each.name_fr or each.name_ar for each in row.trainers))
    about = THEMES.get(row.theme)
    theme = (about.ar, about.fr) if about else ("", "")
    # Arabic alone goes without saying.
    told = ("", "") if row.langs == ("ar",) else (spoken(row, "ar"), spoken(row, "fr"))
    off = row.status == "cancelled"
    called_off = CANCELLED if off else ("", "")
    parts = (called_off, room, hybrid, kind, theme, told, led)
    more = [" · ".join(part[k] for part in parts if part[k]) for k in (0, 1)]
    return Line(
        format_clock(row.starts, "ar"),
        format_clock(row.ends, "ar"),
        row.title_ar or row.title_fr,
        row.title_fr or row.title_ar,
        more[0],
        more[1],
        "cancelled" if off else "session",
    )


def _ceremony(row: CeremonyRow) -> Line:
    return Line(format_clock(row.starts, "ar"), "", row.title_ar, row.title_fr, "", "", "ceremony")


def _break(row: BreakRow) -> Line:
    words = BREAKS.get(row.kind, BREAK)
    return Line(format_clock(row.starts, "ar"), format_clock(row.ends, "ar"), *words, "", "", "break")


def _place(venue: VenueRow | None) -> tuple[str, str]:
    if venue is None or venue.is_online:
        return "عن بعد", "À distance"
    return f"{venue.city_ar} · {venue.name_ar}", f"{venue.city_fr} · {venue.name_fr}"


def _dates(edition: EditionView, lang: Any) -> str:
    first, last = (format_day(day, lang, weekday=False) for day in (edition.starts_on, edition.ends_on))
    return first if first == last else f"{first} – {last}"


def _style(name: str) -> str:
    # Known to the renderer, which is loaded when something is printed and not before.
    from village.kit.pdf.engine import DESIGNS

    return (DESIGNS / name).read_text("utf-8")
