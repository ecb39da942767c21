"""The child process that makes a long paper piece by piece: draws parts, prints the body, binds.

It reads one order per line from standard input and answers each on standard output with a letter, a length and as
many bytes: D for what was made, R for one sentence that says why it cannot be. It opens no network connection, and no
files but the fonts and those that an order to bind names. Its parent keeps the clock.
"""

import gc
import json
import sys
import zlib
from typing import Any, BinaryIO

from letters.render.annexrow import Entry, RowPen
from letters.render.binder import Binding, bind
from letters.render.order import ANSWER, DONE, NOT_DONE, Limits, Order
from letters.render.press import Spoiled, hold, press
from letters.render.typeset import Hole, Setter


class Hand:
    """Does what one line asks."""

    def __init__(self) -> None:
        self._setter: Setter | None = None

    def do(self, line: bytes) -> bytes | None:
        """What was made of an order; None for the one to hold to limits. Raises Spoiled or Hole."""
        order: dict[str, Any] = json.loads(line)
        kind = order.pop("do")
        if kind == "hold":
            hold(Limits(**order))
            return None
        if kind == "press":
            return press(Order.from_json(json.dumps(order["order"]).encode()))
        if kind == "bind":
            return str(bind(Binding(**order))).encode()
        return self._draw(order)

    def _draw(self, order: dict[str, Any]) -> bytes:
        """The rows of one part and the faces they need, packed; the same whatever was drawn before."""
        if self._setter is None:
            self._setter = Setter()
        self._setter.forget()
        pen = RowPen(self._setter, **order["layout"])
        rows = []
        for values in order["entries"]:
            entry = Entry.of(values)
            for row in pen.rows(entry):
                cells = [(cell.header, cell.tongue, cell.paragraphs) for cell in row.cells]
                rows.append((entry.society, entry.group, round(row.height, 2), row.content, cells))
        faces = {
            name: (face.family, face.weight, face.widths, list(face.single), list(face.pieces))
            for name, face in self._setter.faces.items()
            if face.widths
        }
        return zlib.compress(json.dumps({"rows": rows, "faces": faces}, ensure_ascii=False).encode(), 1)


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer order after order until there are no more."""
    # What is loaded stays until the end, and little of what an order makes hangs together in rings: looking for these
    # as often as Python does by itself takes a tenth of the time.
    gc.freeze()
    gc.set_threshold(100_000)
    hand = Hand()
    for line in asked:
        try:
            made, kind = hand.do(line), DONE
        except (Spoiled, Hole) as error:
            made, kind = str(error).encode(), NOT_DONE
        except MemoryError:
            made, kind = b"The paper needs more memory than it may take; shorten the letter.", NOT_DONE
        if made is not None:
            answers.write(ANSWER.pack(kind, len(made)) + made)
            answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
