"""Properties are looked for as long as it takes: an example of 0.2 s on a loaded machine is no fault."""

from hypothesis import settings

settings.register_profile("unhurried", settings.default, deadline=None)
settings.load_profile("unhurried")
