"""The parsed article and a source phrase or pronoun come in. Who is meant goes out, under one name."""
