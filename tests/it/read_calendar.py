"""Reads a calendar file on standard input with a parser that is not ours, and says
as JSON what it understood."""

import json
import sys
from datetime import timezone

from icalendar import Calendar

data = sys.stdin.buffer.read()
lines = data.split(b"\r\n")
calendar = Calendar.from_ical(data)
(zone,) = calendar.walk("VTIMEZONE")
(event,) = calendar.walk("VEVENT")


def utc(name):
    # The zone as the file itself describes it, not as this machine knows it.
    wall = event[name].dt.replace(tzinfo=None)
    return zone.to_tz().localize(wall).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


print(
    json.dumps(
        {
            "begins": utc("DTSTART"),
            "ends": utc("DTEND"),
            "zone": event["DTSTART"].params["TZID"],
            "summary": str(event["SUMMARY"]),
            "description": str(event["DESCRIPTION"]),
            "uid": str(event["UID"]),
            "properties": sorted(event.keys()),
            "longest": max(map(len, lines)),
            "loose_ends": sum(b"\n" in line or b"\r" in line for line in lines),
        }
    )
)
