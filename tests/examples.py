"""How many examples a property is tried with: all that its test names, or a few in the run for daily work."""

from hypothesis import HealthCheck, settings

FULL, DAILY = "full", "daily"
FEW = 10  # others each time; what failed once is tried again first

# How fast examples come says something about the machine's other work, nothing about ours.
settings.register_profile(FULL, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(DAILY, settings.get_profile(FULL), max_examples=FEW)


def examples(most: int) -> settings:
    """For a test of a property: as many examples as this, or as few as the profile says."""
    return settings(max_examples=min(most, FEW) if settings.get_current_profile_name() == DAILY else most)
