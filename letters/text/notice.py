"""The few words with which a society tells its members that it signed; how many signed is the caller's to know."""

WORDS = 60
FEWEST = 6  # words of the title that must be left for it to be recognised


def shortened(text: str, most: int) -> str:
    """`text` cut after `most` words, with a sign where something was left out."""
    words = text.split()
    return " ".join(words) if len(words) <= most else " ".join(words[:most]).rstrip(",;:.–—-") + "…"


def signed_by(society: str, societies: int) -> str:
    """“Society of X and 33 other societies have”; `societies` counts all, this one with them."""
    if societies < 2:
        return f"{society} has"
    return f"{society} and {societies - 1} other {'society' if societies == 2 else 'societies'} have"


def notice(*, society: str, short_name: str, societies: int, journal: str, title: str, address: str) -> str:
    """A text of at most 60 words, the own society first, ready to post; long titles are cut, then long names."""
    brief, short = shortened(journal, 8), short_name or society
    for name, to in ((society, journal), (society, brief), (short, brief), (shortened(short, 15), brief)):
        room = WORDS - len(_words(name, societies, to, "", address).split())
        if room >= min(FEWEST, len(title.split())):
            break
    return _words(name, societies, to, shortened(title, max(room, 1)), address)


def _words(society: str, societies: int, journal: str, title: str, address: str) -> str:
    return (
        f"{signed_by(society, societies)} signed a joint letter to {journal}: “{title}”. "
        f"Read it, see who signed, and check that it is genuine: {address}"
    )
