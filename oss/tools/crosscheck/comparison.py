"""The result of one call that was made through the C SDK and through the port, and the report of all results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from aos._c.redact import escaped
from oss.tools.crosscheck.replay.compare import ASPECTS

__all__ = ["Comparison", "heading", "report", "totals"]

EQUAL, DOCUMENTED, DIFFERENT = "=", "~", "≠"
WORDS = {EQUAL: "equal", DOCUMENTED: "documented", DIFFERENT: "differs"}
WIDTH = 62


@dataclass
class Comparison:
    """Result of a call: ``raw`` is all that differs, by aspect, ``problems`` what no documented difference explains.

    ``explained`` has, for each documented difference and aspect, the lines that it alone explains."""

    id: str
    function: str
    raw: dict[str, list[str]] = field(default_factory=dict)
    problems: dict[str, list[str]] = field(default_factory=dict)
    explained: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    death: str | None = None
    missing: str | None = None
    note: str | None = None

    def explain(self, name: str, before: dict[str, list[str]], after: dict[str, list[str]]) -> None:
        """Notes which lines a documented difference made go away."""
        gone = {aspect: [one for one in lines if one not in after.get(aspect, ())] for aspect, lines in before.items()}
        if any(gone.values()):
            self.explained[name] = {aspect: lines for aspect, lines in gone.items() if lines}

    @property
    def rules(self) -> list[str]:
        """The documented differences of the call."""
        return [*self.explained]

    def _mark(self, aspect: str) -> str:
        """A cell of the table: one mark for each documented difference."""
        count = sum(aspect in aspects for aspects in self.explained.values())
        return DOCUMENTED * count if self.verdict(aspect) == DOCUMENTED else self.verdict(aspect)

    def verdict(self, aspect: str) -> str:
        if aspect in self.problems:
            return DIFFERENT
        return DOCUMENTED if aspect in self.raw else EQUAL

    @property
    def line(self) -> str:
        """The call's row in the printed table."""
        cells = "".join(f"{' ' if self.missing else self._mark(aspect):^9}" for aspect in ASPECTS)
        remarks = [self.missing, f"the C library: {self.death}" if self.death else None, self.note]
        return f"{self.id:{WIDTH}}{cells} {'; '.join(filter(None, remarks))}".rstrip()

    def details(self, everything: bool) -> list[str]:
        """What differs, line by line: what is not documented, or all of it with the rules that explain it."""
        shown = {aspect: self.raw.get(aspect, []) if everything else [] for aspect in ASPECTS}
        lines = [f"    {WORDS[self.verdict(aspect)]}: {line}" for aspect in ASPECTS for line in shown[aspect]]
        lines += [f"    not documented: {line}" for found in self.problems.values() for line in found]
        if everything:
            lines += [f"    by the rule: {name} ({', '.join(aspects)})" for name, aspects in self.explained.items()]
        return lines

    def as_json(self) -> dict[str, Any]:
        aspects = {aspect: WORDS[self.verdict(aspect)] for aspect in ASPECTS}
        return asdict(self) | {"rules": self.rules, "aspects": aspects}

    def take(self, other: Comparison, note: str) -> None:
        """Takes over the result of another comparison of the same call; ``note`` says why."""
        self.raw, self.explained, self.problems, self.note = other.raw, other.explained, other.problems, note


def heading() -> str:
    return f"{'call':{WIDTH}}" + "".join(f"{aspect:^9}" for aspect in ASPECTS)


def totals(found: list[Comparison]) -> dict[str, Any]:
    """The numbers that end a report: how many calls were equal, differ, crashed, and which rules applied."""
    made = [one for one in found if not one.missing]
    return {
        "calls": len(found),
        "functions": len({one.function for one in made}),
        "equal": sum(not one.raw and not one.problems for one in made),
        "documented": sum(bool(one.raw) and not one.problems for one in made),
        "different": sum(bool(one.problems) for one in made),
        "deaths": sum(bool(one.death) for one in made),
        "missing": sorted({one.missing for one in found if one.missing}),
        "rules": dict(Counter(name for one in made for name in one.rules).most_common()),
    }


def report(found: Iterable[Comparison], everything: bool) -> list[Comparison]:
    """Prints a row for each call as it comes, then the totals; returns the calls."""
    print(heading())
    print(
        f"{EQUAL} equal   {DOCUMENTED} differs as documented, one mark for each difference   "
        f"{DIFFERENT} differs, and that is not documented"
    )
    print("Where something differs, what is expected, or lacked, is what the C library did.")
    kept = []
    for one in found:
        kept.append(one)
        print("\n".join(map(escaped, [one.line, *one.details(everything)])), flush=True)
    numbers = totals(kept)
    print(
        f"\n{numbers['calls']} calls of {numbers['functions']} functions: {numbers['equal']} equal, "
        f"{numbers['documented']} differ as documented, {numbers['different']} differ otherwise; "
        f"the C library died in {numbers['deaths']}"
    )
    for name, count in numbers["rules"].items():
        print(f"{count:6}  {name}")
    for name in numbers["missing"]:
        print(f"        {name}")
    return kept
