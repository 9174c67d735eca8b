"""Day before month, and the time in 24 hours: ``28 Nov 2026, 15:19``."""

DATE_FORMAT = "j M Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j M Y, H:i"
