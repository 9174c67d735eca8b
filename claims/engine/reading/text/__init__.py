"""A text or an HTML page as it was given comes in. Its paragraphs go out, parsed, with title, date, outlet and wire."""
