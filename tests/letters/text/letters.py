"""Letters made up for property tests: blocks with words from a small vocabulary, and random edits of them."""

from hypothesis import strategies as st

from letters.text.blocks import Block, new_ids
from letters.text.inline import Run, block

WORDS = [
    "we",
    "the",
    "of",
    "a",
    "pain",
    "letter",
    "journal",
    "trial",
    "society",
    "guideline",
    "evidence",
    "care",
    "patients",
    "review",
    "spine",
    "[1]",
    "10",
    "%",
    "“no”",
    "et",
    "al.",
    "because",
    "therefore",
    "however",
    "<b>",
    "&",
    "Zürich",
    "naïve",
    "中文",
    "can't",
    "x-ray",
]
word = st.sampled_from(WORDS)
marks = st.sampled_from([frozenset(), frozenset({"strong"}), frozenset({"sup"}), frozenset({"em", "s"})])
href = st.sampled_from(["", "", "", "https://a.org/x?a=1&b=2", "#ref-1"])
sentence = st.lists(word, min_size=1, max_size=12).map(" ".join)
runs = st.lists(
    st.builds(Run, st.one_of(sentence, st.just(" "), st.just("\n"), st.just("end. ")), marks, href),
    max_size=5,
)
SHAPES = [("paragraph", 0, ""), ("item", 1, "1."), ("item", 2, "•"), ("heading", 1, ""), ("quote", 0, "")]


@st.composite
def one_block(draw) -> Block:
    kind, level, label = draw(st.sampled_from(SHAPES))
    made = block(kind, [Run(draw(sentence)), *draw(runs)], level=level, label=label)
    return made


letters = st.lists(one_block(), max_size=10).map(new_ids)


@st.composite
def edited(draw, blocks: list[Block]) -> list[Block]:
    """The blocks with some removed, doubled, moved, replaced or with words changed."""
    out = list(blocks)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(0, len(out) - 1)))
        step = draw(st.sampled_from(["remove", "add", "move", "words"]))
        if step == "add" or not out:
            out.insert(at, draw(one_block()))
        elif step == "remove":
            del out[at]
        elif step == "move":
            out.insert(draw(st.integers(0, len(out) - 1)), out.pop(at))
        else:
            words = out[at].text.split()
            words[draw(st.integers(0, len(words) - 1))] = draw(word)
            out[at] = block(out[at].kind, [Run(" ".join(words))], level=out[at].level, label=out[at].label)
    return out


@st.composite
def pairs(draw) -> tuple[list[Block], list[Block]]:
    old = draw(letters)
    return old, draw(edited(old))
