"""Speed at a recall: every contestant runs all its settings, round after round, and the best round of a setting counts."""

from data import recall

RECALLS = (0.90, 0.95, 0.98, 0.99, 0.995)


def measured(contestants, true, rounds, percent=None, settings=None):
    """For each contestant the points (setting, recall, CPU seconds)."""
    points = {one.name: {} for one in contestants}
    for _ in range(rounds):
        for one in contestants:
            for setting in (settings or {}).get(one.name, getattr(one, "settings", ())):
                seconds, found = one.run(setting, percent)
                known = points[one.name].setdefault(setting, [recall(found, true), seconds])
                known[1] = min(known[1], seconds)
    return {name: sorted((found, seconds, setting) for setting, (found, seconds) in of.items()) for name, of in points.items()}


def at_recall(points, wanted, count):
    """Queries a second at a recall, on the line between the points around it; None where it is not reached."""
    for (low, slow, _), (high, fast, _) in zip(points, points[1:]):
        if low <= wanted <= high and high > low:
            part = (wanted - low) / (high - low)
            return count / (slow + (fast - slow) * part)
    reached = [seconds for found, seconds, _ in points if found >= wanted]
    return count / min(reached) if reached else None


def setting_for(points, wanted):
    """The fastest setting that reaches a recall."""
    reached = [(seconds, setting) for found, seconds, setting in points if found >= wanted]
    return min(reached)[1] if reached else points[-1][2]
