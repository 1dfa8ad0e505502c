"""Answers every *.smt2 of a folder with z3 and cvc5. The first line of a file is our answer and its microseconds.

Each file has one check for every situation of a claim; the claim is broken if any of them is sat.
"""

import multiprocessing
import statistics
import sys
import time
from pathlib import Path

# For each check, and for all checks of a question.
SECONDS = 1
ALL_SECONDS = 5


def verdict(answers):
    if "sat" in answers:
        return "sat"
    return "unsat" if answers and all(answer == "unsat" for answer in answers) else "unknown"


def z3_answer(text):
    import z3

    answers = []
    start = time.perf_counter()
    head, *checks = text.split("(push 1)")
    for check in checks:
        body = head.split("(set-logic ALL)")[1] + check.split("\n", 1)[1].split("(check-sat)")[0]
        solver = z3.Solver()
        solver.set("timeout", SECONDS * 1000)
        solver.from_string(body)
        answers.append(str(solver.check()))
        if answers[-1] == "sat" or time.perf_counter() - start > ALL_SECONDS:
            break
    return verdict(answers) if len(answers) == len(checks) or "sat" in answers else "unknown"


def cvc5_answer(text):
    import cvc5

    tm = cvc5.TermManager()
    solver = cvc5.Solver(tm)
    solver.setOption("strings-exp", "true")
    solver.setOption("incremental", "true")
    solver.setOption("tlimit-per", str(SECONDS * 1000))
    symbols = cvc5.SymbolManager(tm)
    parser = cvc5.InputParser(solver, symbols)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "question")
    answers = []
    start = time.perf_counter()
    while time.perf_counter() - start < ALL_SECONDS:
        command = parser.nextCommand()
        if command.isNull():
            return verdict(answers)
        printed = command.invoke(solver, symbols)
        if command.getCommandName() == "check-sat":
            answers.append(printed.strip())
            if answers[-1] == "sat":
                return "sat"
    return "unknown"


SOLVERS = {"z3": z3_answer, "cvc5": cvc5_answer}
# Those that are named behind the folder; all, when there is none.
ASKED = sys.argv[2:] or list(SOLVERS)


def ask(path):
    text = path.read_text()
    _, ours, micros = text.split("\n", 1)[0].split()
    found = {}
    for name in ASKED:
        answer = SOLVERS[name]
        start = time.perf_counter()
        try:
            said = answer(text)
        except Exception as error:  # A solver that gives up is told as such.
            said = f"error: {error}".split("\n")[0][:120]
        found[name] = (said, (time.perf_counter() - start) * 1e6)
    return path.name, ours, float(micros), found


def main():
    paths = sorted(Path(sys.argv[1]).glob("*.smt2"), key=lambda path: int(path.stem))
    # A question that hangs a solver is given up after a while, with its process.
    with multiprocessing.Pool(2, maxtasksperchild=50) as pool:
        rows = pool.map(ask, paths, chunksize=10)
    wrong = []
    print(f"{len(rows)} questions, {sum(ours == 'unsat' for _, ours, *_ in rows)} of them proved")
    print("| solver | same answer | other answer | no answer | median µs | 99 of 100 within µs |")
    print("|---|--:|--:|--:|--:|--:|")

    def line(name, same, other, none, times):
        times = sorted(times)
        print(f"| {name} | {same} | {other} | {none} | {statistics.median(times):.0f} | {times[len(times) * 99 // 100]:.0f} |")

    line("polsim", len(rows), 0, 0, [micros for _, _, micros, _ in rows])
    for solver in ASKED:
        said = [(name, ours, *found[solver]) for name, ours, _, found in rows]
        decided = [row for row in said if row[2] in ("sat", "unsat")]
        other = [row for row in decided if row[1] != row[2]]
        wrong += [f"{name}: we say {ours}, {solver} says {answer}" for name, ours, answer, _ in other]
        line(solver, len(decided) - len(other), len(other), len(said) - len(decided), [row[3] for row in said])
        for name, _, answer, _ in [row for row in said if row[2].startswith("error")][:3]:
            print(f"{solver} on {name}: {answer}", file=sys.stderr)
    for sentence in wrong[:20]:
        print(sentence)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
