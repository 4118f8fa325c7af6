"""Forward chaining on CLIPS, inside its cage. The only file that calls the C library.

The laws of the cage, each for what was measured (clipspy 1.0.6, the packaged rulebook: 2,520 rules):
- The extension module is loaded by itself: the Python layer above it takes 40 ms to import and is not used.
- No action code of Python runs inside the engine, and no text of a user reaches it: a name is a whole number made
  here, so there is nothing to escape. A rule asserts what it concludes, and its own number, which is read back.
- A name is two slots. With one, the engine searches all names for each rule that it is given: 40,000 rules take 27 s
  to build; with two, 1.5 s. Facts are put together slot by slot (0.7 ms): their text takes 9 ms to parse, and 20 ms in
  one piece.
- A wide rule is split: one of 8,000 patterns takes 268 MB, and one of 60 nothing worth measuring.
- Saving an image, the engine warns on the terminal of constraints that it leaves out (a number between two bounds is
  one), unless they are checked as it runs: so they are, while it saves.
- What is asserted is retracted by a reset (0.5 ms; to build anew takes 150 ms). A call of the engine is never cut
  short by an interrupt, which Python raises between calls; the run after that begins with a reset of its own.
- Calls let other threads go on, and an environment is not safe to enter from two: one run at a time, and a fork waits
  for it (`fork_lock`). In a process forked in the middle of a run, the environment is given up and made anew.
- An environment takes 2 MB before any rule: few are kept open, and one used longest ago is closed. Over 50,000 checks,
  every fifth with a limit that is not kept, a process grows by nothing (docs/benchmarks.md).
- An environment cannot be pickled: it is saved as a binary image, which loads in 5 ms. An image is whatever was in
  the engine's memory, and a damaged or foreign one could crash it: it travels inside the pickled rulebook, and only
  the very library that saved it loads it, else the rules are built anew.
- A rule left on the agenda, or a firing that was not told, is an error: it would mean incomplete verdicts.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.machinery
import importlib.util
import itertools
import os
import sys
import weakref
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from types import ModuleType

from applicability.bounded import BoundedCache
from applicability.engines.rete.fork_lock import ForkLock
from applicability.engines.rete.rules import CageError, Firing, Rule, firing, in_order, numbers, spans
from applicability.errors import EngineError, Location, Problem
from applicability.text import SurfaceText, Text

# 1.6 KB for each, and 0.04 ms to build: this is 320 MB and 8 s.
MAX_PATTERNS_IN_A_PROGRAM = 200_000
MAX_PATTERNS_IN_A_RULE = 48
MAX_OPEN = 8
# A name is a number in two slots, the second of so many bits.
_BITS = 6
_LOW = (1 << _BITS) - 1
_TEMPLATES = ("(deftemplate f (slot h) (slot n) (slot v))", "(deftemplate fired (slot r))")

# One run at a time, whichever the environment.
_one_run = ForkLock()
_open: OrderedDict[int, _Network] = OrderedDict()  # by id, the one used last at the end


@functools.cache
def _spec() -> importlib.machinery.ModuleSpec | None:
    """Where the extension module is that holds CLIPS."""
    package = importlib.util.find_spec("clips")
    if package is None or not package.submodule_search_locations:
        return None
    return importlib.machinery.PathFinder.find_spec("clips._clips", list(package.submodule_search_locations))


@functools.cache
def _load() -> ModuleType | None:
    """The extension module, with `lib` and `ffi`; None where clipspy is not installed."""
    spec = _spec()
    if spec is None or spec.loader is None:
        return None
    loaded = sys.modules.get("clips._clips")  # by somebody who uses clipspy beside us
    if loaded is None:
        try:
            loaded = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(loaded)
        except ImportError:
            return None
    return loaded


@functools.cache
def _stamp() -> tuple[object, ...]:
    """What tells one build of the library from another: an image is read by the one that wrote it."""
    spec = _spec()
    if spec is None or spec.origin is None:
        return ()
    status = os.stat(spec.origin)
    return spec.origin, status.st_size, status.st_mtime_ns


def available() -> bool:
    """Whether CLIPS is installed here. Loads nothing."""
    return _spec() is not None


# The rule and what to tell of it when it fired; None for a part of one that is too wide. Bare tuples: they are read
# from the cache at every start.
_FiringRecord = tuple[str, tuple[str, ...], tuple[str, ...]] | None


class ClipsProgram:
    """Rules in strata, for CLIPS (see `rules.RuleProgram`), which holds them as one network.

    Building one does not enter the engine; pickling one makes its image.
    """

    def __init__(self, strata: Iterable[Sequence[Rule]]) -> None:
        self._numbers: dict[str, int] = {}
        self._told: list[_FiringRecord] = []
        self._firings: BoundedCache[int, Firing] = BoundedCache(MAX_PATTERNS_IN_A_PROGRAM)
        count = itertools.count()
        ordered = [rule for rules in in_order(strata) for rule in rules]
        self._concluded = frozenset(name for rule in ordered for name in rule.then)
        constructs = [construct for rule in ordered for construct in self._constructs(rule, count)]
        patterns = sum(construct.count("(f ") for construct in constructs)
        if patterns > MAX_PATTERNS_IN_A_PROGRAM:
            hint = "conclude what many rules share once, under a name of its own"
            raise CageError(f"{patterns} patterns take too much memory", MAX_PATTERNS_IN_A_PROGRAM, hint)
        self._constructs_text = "\n".join(constructs)
        self._image: tuple[tuple[object, ...], bytes] | None = None
        self._made()

    def __getstate__(self) -> dict[str, object]:
        image = self._image
        if image is None and self._told and available():
            with _one_run.lock:
                found = self._network.image()
            image = None if found is None else (_stamp(), found)
        return {**{name: value for name, value in self.__dict__.items() if name != "_network"}, "_image": image}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._made()

    def _made(self) -> None:
        self._network = _Network(self._constructs_text, self._image)
        # A program that is dropped gives its memory back.
        weakref.finalize(self, self._network.close).atexit = False

    def run(self, facts: Iterable[tuple[str, int]]) -> tuple[frozenset[str], tuple[Firing, ...]]:
        """All names that hold, given (read by a rule or not) and concluded, and the rules that fired, in order.

        Raises CageError for a fact that cannot be told to the engine, EngineError when the engine fails.
        """
        given = numbers(facts, self._concluded)
        if not self._told:
            return frozenset(given), ()
        held = [(self._numbers[name], number) for name, number in given.items() if name in self._numbers]
        with _one_run.lock:
            fired = self._network.run(held)
        firings = tuple([one for place in sorted(fired) if (one := self._firing(place)) is not None])
        concluded = itertools.chain.from_iterable(firing.concluded for firing in firings)
        return frozenset(itertools.chain(given, concluded)), firings

    def _firing(self, place: int) -> Firing | None:
        """What to tell of a rule that fired, made once; None for a part of one."""
        found = self._firings.get(place)
        if found is None and (told := self._told[place]) is not None:
            found = self._firings[place] = Firing(*told)
        return found

    def _constructs(self, rule: Rule, count: Iterator[int]) -> Iterator[str]:
        """The rule in the language of CLIPS, in parts of a bounded width; none if it never fires."""
        asked = spans(rule)
        if asked is None:
            return
        patterns = [_pattern(self._number(name, count), low, high) for name, (low, high) in asked.items()]
        while len(patterns) > MAX_PATTERNS_IN_A_RULE:
            part = next(count)
            yield self._construct(patterns[:MAX_PATTERNS_IN_A_RULE], [part], None)
            patterns = [*patterns[MAX_PATTERNS_IN_A_RULE:], _pattern(part, 1, 1)]
        told = firing(rule)
        then = [self._number(name, count) for name in told.concluded]
        yield self._construct(patterns, then, (told.rule, told.because, told.concluded))

    def _construct(self, patterns: Sequence[str], then: Iterable[int], told: _FiringRecord) -> str:
        place = len(self._told)
        self._told.append(told)
        facts = " ".join(f"(f (h {one >> _BITS}) (n {one & _LOW}) (v 1))" for one in then)
        return f"(defrule r{place} {' '.join(patterns)} => (assert (fired (r {place})) {facts}))"

    def _number(self, name: str, count: Iterator[int]) -> int:
        if name not in self._numbers:
            self._numbers[name] = next(count)
        return self._numbers[name]


def _pattern(name: int, low: int, high: int) -> str:
    value = str(low) if low == high else f"?x{name}&:(<= {low} ?x{name} {high})"
    return f"(f (h {name >> _BITS}) (n {name & _LOW}) (v {value}))"


class _Network:
    """The engine's side of a program: an environment. Apart from the program, so that a finalizer can hold it.

    No lock of its own: whoever calls holds that of `_one_run`, but for the finalizer, which enters only what nobody
    else has.
    """

    def __init__(self, constructs: str, image: tuple[tuple[object, ...], bytes] | None) -> None:
        self._constructs, self._image = constructs, image
        self._environments: list[object] = []  # one, where the engine holds the rules
        self._builders: list[object] = []  # that of its facts
        self._whole = False  # all rules are in it
        self._clean = False  # and no fact
        self._process = 0

    def run(self, facts: Iterable[tuple[int, int]]) -> list[int]:
        """Assert the facts and let rules fire: the places of those that did."""
        library = self._ready()
        lib, null = library.lib, library.ffi.NULL
        environment, builder = self._environments[0], self._builders[0]
        value = library.ffi.new("CLIPSValue *")
        integer, put = lib.CreateInteger, lib.FBPutSlot
        self._clean = False
        try:
            for name, number in facts:
                value.integerValue = integer(environment, name >> _BITS)
                failed = put(builder, b"h", value)
                value.integerValue = integer(environment, name & _LOW)
                failed |= put(builder, b"n", value)
                value.integerValue = integer(environment, number)
                failed |= put(builder, b"v", value)
                if failed or lib.FBAssert(builder) == null:
                    raise _failed(Text("没有接受一个事实", "it did not take a fact"))
            count = lib.Run(environment, -1)
            fired = []
            template = lib.FindDeftemplate(environment, b"fired")
            fact = lib.GetNextFactInTemplate(template, null)
            while fact != null:
                lib.GetFactSlot(fact, b"r", value)
                fired.append(int(value.integerValue.contents))
                fact = lib.GetNextFactInTemplate(template, fact)
            if len(fired) != count or lib.GetNextActivation(environment, null) != null:
                raise _failed(Text("规则没有全部触发", "it stopped before every rule had fired"))
            return fired
        finally:
            self._reset(lib)

    def image(self) -> bytes | None:
        """The environment as a binary image; None where it cannot be written."""
        library = self._ready()
        lib, environment = library.lib, self._environments[0]
        unused = library.ffi.new("CLIPSValue *")
        try:
            with _file(b"") as path:
                lib.Eval(environment, b"(set-dynamic-constraint-checking TRUE)", unused)
                saved = lib.Bsave(environment, os.fsencode(path))
                lib.Eval(environment, b"(set-dynamic-constraint-checking FALSE)", unused)
                if not saved:
                    return None
                with open(path, "rb") as stream:
                    return stream.read()
        except OSError:
            return None

    def close(self) -> None:
        """Give back the engine's memory."""
        _open.pop(id(self), None)
        self._whole = self._clean = False
        if not self._environments:
            return
        library = _load()
        if library is None or self._process != os.getpid():
            self._builders.clear()
            self._environments.clear()
            return
        while self._environments:
            try:
                environment = self._environments.pop()  # whoever gets it frees it
            except IndexError:
                return
            while self._builders:  # first: one that is left is an error of its environment
                library.lib.FBDispose(self._builders.pop())
            library.lib.DestroyEnvironment(environment)

    def _ready(self) -> ModuleType:
        """The library, with an environment that holds the rules and no facts."""
        library = _load()
        if library is None:
            raise _failed(Text("无法载入", "it cannot be loaded"))
        if not (self._whole and self._clean) and self._process != os.getpid():
            # Forked, it may be, while a thread was inside: nothing of it can be trusted, not even to be freed.
            self._builders.clear()
            self._environments.clear()
            self._whole = False
        self._process = os.getpid()
        if not self._whole:
            self.close()
            self._build(library)
        elif not self._clean:
            self._reset(library.lib)
        _open[id(self)] = self
        _open.move_to_end(id(self))
        while len(_open) > MAX_OPEN:
            _open.popitem(last=False)[1].close()
        return library

    def _reset(self, lib: ModuleType) -> None:
        lib.Reset(self._environments[0])
        self._clean = True

    def _build(self, library: ModuleType) -> None:
        lib = library.lib
        self._create(lib)
        if not (self._image and self._image[0] == _stamp() and self._loaded(lib, self._image[1])):
            self.close()  # an environment that did not take an image is not used
            self._create(lib)
            for construct in itertools.chain(_TEMPLATES, self._constructs.split("\n")):
                if lib.Build(self._environments[0], construct.encode()):
                    raise _failed(Text(f"没有接受规则“{construct}”", f"it did not take the rule {construct}"))
        # An interrupt is raised between a call and the assignment of what it returned. Within `extend`, nothing is.
        self._builders.extend(map(lib.CreateFactBuilder, self._environments, (b"f",)))
        self._reset(lib)
        self._whole = True

    def _create(self, lib: ModuleType) -> None:
        self._environments.extend(itertools.starmap(lib.CreateEnvironment, ((),)))
        self._process = os.getpid()

    def _loaded(self, lib: ModuleType, image: bytes) -> bool:
        try:
            with _file(image) as path:
                return bool(lib.Bload(self._environments[0], os.fsencode(path)))
        except OSError:
            return False


@contextlib.contextmanager
def _file(content: bytes) -> Iterator[str]:
    """The path of a file with that content, which is gone afterwards: CLIPS takes images by path only."""
    if hasattr(os, "memfd_create") and os.path.exists("/proc/self/fd"):
        with open(os.memfd_create("applicability"), "wb") as stream:
            stream.write(content)
            stream.flush()
            yield f"/proc/self/fd/{stream.fileno()}"
        return
    import tempfile  # only where files cannot be in memory

    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "network.bin")
        with open(path, "wb") as stream:
            stream.write(content)
        yield path


def _failed(words: Text) -> EngineError:
    what = Text(f"CLIPS 出错：{words.zh}", f"CLIPS failed: {words.en}")
    hint = SurfaceText(
        "无法给出结果：改用 `--engine reference`，并请报告此错误",
        "no answer can be given: use `--engine reference`, and please report this",
        Text("无法给出结果，请报告此错误", "no answer can be given: please report this"),
    )
    return EngineError([Problem("E011", Location("engine"), what, hint)])
