"""Counts the questions of an interview: `python benchmarks/questions.py [--companies 200]`.

Generated companies that can answer everything are interviewed until no question could decide anything more, in three
orders: the planner's (most rows settled), by greatest information gain (the entropy of the rows' verdicts), and the
order of the file. All three ask only what still matters; the baseline asks every fact.
"""

from __future__ import annotations

import argparse
import math
import statistics
import time
from collections.abc import Callable, Iterator, Sequence

from companies import companies

from applicability import Profile, Rulebook, load_rulebook
from applicability.analysis.questions import Question, QuestionPlanner, _Answers
from applicability.loading.profile.reader import read_facts
from applicability.model.evaluate import leaf_verdict
from applicability.model.facts import Facts
from applicability.model.verdict import Verdict

Choose = Callable[[Sequence[Question], Facts], Question]


def interview(
    rulebook: Rulebook, planner: QuestionPlanner, company: dict[str, object], choose: Choose, times: list[float]
) -> int:
    """The number of questions that one company is asked."""
    profile, asked = Profile(), 0
    while True:
        facts = read_facts(profile, rulebook)
        start = time.perf_counter()
        found = planner.questions(facts)
        times.append(time.perf_counter() - start)
        if not found:
            return asked
        fact = choose(found, facts).fact
        profile = profile.but(**{fact: company[fact]})
        asked += 1
        if asked > len(rulebook.facts):
            raise SystemExit(f"asked in a circle: {profile}")


def outcomes(planner: QuestionPlanner, question: Question, facts: Facts) -> Iterator[tuple[float, tuple[Verdict, ...]]]:
    """For each answer its weight, and its verdict on each of the question's rows; read from inside the planner."""
    rows = [planner._rows[key] for key in question.rows]
    every = tuple(dict.fromkeys(leaf for row in rows for leaf in row.leaves))
    for weight, after in _Answers(planner, facts).all(question.fact, every):
        read = {leaf: leaf_verdict(leaf, after, planner.rulebook) for leaf in every}
        yield weight, tuple(row.decide(tuple(read[leaf] for leaf in row.leaves)) for row in rows)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--companies", type=int, default=200)
    count = parser.parse_args().companies
    rulebook = load_rulebook()
    planner = QuestionPlanner(rulebook)
    order = list(rulebook.facts)

    def gain(question: Question, facts: Facts) -> float:
        seen: dict[object, float] = {}
        total = 0.0
        for weight, verdicts in outcomes(planner, question, facts):
            seen[verdicts] = seen.get(verdicts, 0.0) + weight
            total += weight
        return -sum(part / total * math.log2(part / total) for part in seen.values())

    ways: dict[str, Choose] = {
        "most rows settled": lambda found, facts: found[0],
        "information gain": lambda found, facts: max(found, key=lambda one: gain(one, facts)),
        "file order": lambda found, facts: min(found, key=lambda one: order.index(one.fact)),
    }
    every = companies(rulebook, count)
    for name, choose in ways.items():
        times: list[float] = []
        asked = [interview(rulebook, planner, company, choose, times) for company in every]
        print(
            f"{name:20} mean {statistics.mean(asked):5.2f}   worst {max(asked):3}   "
            f"next question {1000 * statistics.median(times):5.1f} ms, at most {1000 * max(times):5.1f} ms"
        )
    plain = sum(one.type not in ("investors", "zone_types") for one in rulebook.facts.values())
    print(f"{'every fact':20} mean {plain:5.2f}   worst {plain:3}   ({count} companies)")


if __name__ == "__main__":
    main()
