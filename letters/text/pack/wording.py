"""What a text is called towards one journal: a letter that is published, or a response that is posted; never more."""

from letters.text.pack.matter import Matter
from letters.text.pack.tongues import ENGLISH, Words


def posted(matter: Matter) -> bool:
    """Whether what appears is no journal article, so that no sentence may say that the text is published."""
    return matter.venue.rule("article").yes is False


def kind(matter: Matter, in_words: Words = ENGLISH) -> str:
    """What the text is: in English as the names of its files have it."""
    return in_words.summary if matter.full else (in_words.response if posted(matter) else in_words.letter)[0]


def asked(matter: Matter, in_words: Words = ENGLISH) -> str:
    """What the journal is asked to do: “post the enclosed response”."""
    return (in_words.response if posted(matter) else in_words.letter)[1]


def length(matter: Matter, words: int, in_words: Words = ENGLISH) -> str:
    """“584 words, not counting references, author details and signatories”."""
    left_out = [in_words.parts[part] for part in matter.venue.rule("excludes").items]
    said = in_words.counted(words, in_words.word)
    return said + (f", {in_words.without.format(parts=', '.join(left_out))}" if left_out else "")


def societies(count: int) -> str:
    """“34 societies”, “1 society”, "" for none."""
    return ENGLISH.counted(count, ENGLISH.society) if count else ""
