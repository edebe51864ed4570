"""The invented conference: its facts, and its sessions with rooms and times."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, TypedDict
from zoneinfo import ZoneInfo

Kind = Literal["talk", "break", "evening", "night"]
SECONDS_A_DAY = 86_400


class Room(TypedDict):
    """The facts of the event."""

    slug: str
    title: str
    subtitle: str
    venue: str
    hashtags: tuple[str, ...]
    timezone: str
    days: int
    rooms: tuple[str, ...]
    sponsors: tuple[str, ...]


ROOM: Room = {
    "slug": "demo",
    "title": "Common Ground 2026",
    "subtitle": "Open infrastructure, cities and the web",
    "venue": "The Tram Depot, Saltmere",
    "hashtags": ("commonground26",),
    "timezone": "Europe/Dublin",
    "days": 2,
    "rooms": ("Depot", "Workshop", "Signal Box", "Foyer"),
    "sponsors": ("Halyard Hosting", "Lantern Maps", "Birchwire", "Pellicle Type"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One session of the programme. `start` and `end` are seconds from midnight of the first day."""

    id: str
    title: str
    room: str
    start: int
    end: int
    speaker: str = ""
    kind: Kind = "talk"

    def starts_at(self, first_day: date) -> datetime:
        """Return when it starts, in the conference's time zone, if the conference begins on that day."""
        midnight = datetime.combine(first_day, time(), ZoneInfo(ROOM["timezone"]))
        return midnight + timedelta(seconds=self.start)

    def ends_at(self, first_day: date) -> datetime:
        return self.starts_at(first_day) + timedelta(seconds=self.end - self.start)


def dates(first_day: date) -> tuple[date, date]:
    """Return the first and the last day."""
    return first_day, first_day + timedelta(days=ROOM["days"] - 1)


def programme() -> tuple[Session, ...]:
    """Return all sessions in the order they begin."""
    return tuple(sorted((_session(line) for line in _PROGRAMME.strip().splitlines()), key=lambda one: one.start))


def _session(line: str) -> Session:
    id, day, times, room, kind, title, speaker = (part.strip() for part in line.split("|"))
    start, end = (_seconds(int(day), clock) for clock in times.split("-"))
    if end <= start:
        end += SECONDS_A_DAY
    return Session(id=id, title=title, room=room, start=start, end=end, speaker=speaker, kind=_KINDS[kind])


def _seconds(day: int, clock: str) -> int:
    hours, minutes = clock.split(":")
    return (day - 1) * SECONDS_A_DAY + int(hours) * 3600 + int(minutes) * 60


_KINDS: dict[str, Kind] = {"talk": "talk", "break": "break", "evening": "evening", "night": "night"}

_PROGRAMME = """
doors|1|08:15-09:00|Foyer|break|Doors and breakfast|
opening|1|09:00-09:20|Depot|talk|Welcome to the depot|Oona Brannigan & Teodor Vale
pipes|1|09:20-10:10|Depot|talk|The pipes under the web|Nkechi Adeyemi-Ross
coffee1|1|10:10-10:40|Foyer|break|Coffee|
buses|1|10:40-11:20|Depot|talk|A bus timetable is an API|Lauri Hakkarainen
mesh|1|10:40-11:20|Workshop|talk|A mesh network for one street|Beatriz Quintela
maps|1|11:30-12:10|Depot|talk|Maps that age well|Hiroko Tanabe
libraries|1|11:30-12:10|Signal Box|talk|Your library runs a server|Gareth Pryce
lunch1|1|12:10-13:30|Foyer|break|Lunch|
street|1|13:30-14:10|Depot|talk|Street lights, open data and a very angry owl|Priya Venkatesan
maintain|1|13:30-14:10|Workshop|talk|Who maintains the maintainers?|Joaquín Ferreyra
type|1|14:20-15:00|Depot|talk|Signs in nine scripts|Yael Barzilai & Somchai Rattanakul
heat|1|14:20-15:00|Workshop|talk|The data centre that warms a swimming pool|Dagny Solheim
tea1|1|15:00-15:30|Foyer|break|Tea|
panel|1|15:30-16:20|Depot|talk|Panel: Whose street is it?|Femi Oyelaran
lightning|1|16:30-17:10|Depot|talk|Lightning talks|Dov Perlman & Linnea Åkesson
decom|1|17:10-18:00|Depot|talk|How to switch it off|Ingrid Vaszary
dusk1|1|18:00-19:00|Foyer|break|Between the day and the tram|
party|1|19:00-22:00|Foyer|evening|Dinner and a ride on tram 9|
night|1|22:00-08:15|Saltmere|night|Night|
doors2|2|08:15-09:00|Foyer|break|Breakfast|
water|2|09:00-09:50|Depot|talk|What water engineers know about scale|Kwabena Darko-Mills
access|2|10:00-10:40|Depot|talk|Broken lifts, honest data|Mirela Ionescu
relay|2|10:00-10:40|Workshop|talk|Small servers, big neighbours|Tove Almgren
coffee2|2|10:40-11:10|Foyer|break|Coffee|
offline|2|11:10-11:55|Depot|talk|The web when the network is gone|Arash Tehrani
trees|2|11:10-11:50|Signal Box|talk|We counted every tree|Camille Roustan
procure|2|12:00-12:40|Depot|talk|Procurement is a design discipline|Harriet Okonjo
bikes|2|12:00-12:40|Workshop|talk|Ghost bikes in the data|Jonas Wittenberg
lunch2|2|12:40-14:00|Foyer|break|Lunch|
kids|2|14:00-14:40|Depot|talk|Children design a crossing|Leilani Kahale & class 5b
backup|2|14:00-14:40|Workshop|talk|Backups are a love letter|Piotr Zawadzki
openspace|2|14:50-15:30|everywhere|break|Open space|
tea2|2|15:30-16:00|Foyer|break|Tea|
lease|2|16:00-16:50|Depot|talk|The long lease|Amara Whitlock
thanks|2|16:50-17:20|Depot|talk|Thanks, and next year|Oona Brannigan & Teodor Vale
teardown|2|17:20-19:00|Depot|break|Stacking chairs|
farewell|2|19:00-22:00|Signal Box|evening|Mending evening|
"""
