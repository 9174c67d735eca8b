"""Property tests run the same examples each time, and take the time that they take."""

from hypothesis import settings

settings.register_profile("calm", deadline=None, derandomize=True)
settings.load_profile("calm")
