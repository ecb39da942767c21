"""`python -m tests.bench`: the benches there are; `python -m tests.bench NAME …` runs one with its own arguments."""

import ast
import runpy
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def benches() -> dict[str, str]:
    """Name and first sentence of every bench; modules whose name starts with _ are parts of one."""
    files = sorted(file for file in HERE.glob("*.py") if not file.name.startswith("_"))
    return {file.stem: (ast.get_docstring(ast.parse(file.read_text())) or "").split("\n")[0] for file in files}


def main(arguments: list[str]) -> int:
    """The command line; 2 for a name that is none."""
    found = benches()
    if not arguments or arguments[0] in ("-h", "--help"):
        print("\n".join(f"{name:<10}{sentence}" for name, sentence in found.items()))
        return 0
    if arguments[0] not in found:
        print(f"There is no bench “{arguments[0]}”; there are {', '.join(found)}.", file=sys.stderr)
        return 2
    sys.argv = [f"tests.bench {arguments[0]}", *arguments[1:]]
    runpy.run_module(f"tests.bench.{arguments[0]}", run_name="__main__")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
