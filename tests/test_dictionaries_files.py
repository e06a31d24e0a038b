"""Reading dictionary files: comments, encodings, and files that are broken or hostile."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from dictionary_files import FOLDER, line_of
from hypothesis import given
from hypothesis import strategies as st

from eventcode.dictionaries import lint, load
from eventcode.dictionaries.actors import Actors
from eventcode.dictionaries.agents import Agents, compose, has_part
from eventcode.dictionaries.combine import CodeNumbers, read_numbers, standard
from eventcode.dictionaries.dates import Restriction, choose, parse_day, parse_restriction
from eventcode.dictionaries.english import plural, verb_forms
from eventcode.dictionaries.files import MOST_BYTES, Findings, lines
from eventcode.dictionaries.reading import read
from eventcode.dictionaries.verbs import Verbs
from eventcode.dictionaries.words import words_of
from eventcode.errors import InputError, RuleError

DAYS = st.dates(date(1931, 1, 1), date(2030, 12, 31))


def kept(path: Path, format: str = "petrarch2") -> list[tuple[int, str]]:
    return [(line.place.line, line.text) for line in lines(path, Findings(), format)]  # type: ignore[arg-type]


def test_comments_of_petrarch(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("# all\nFERRY [NGO] # end\n<!-- one --> BARGE [MIL] <!-- two -->\nTUG [GOV] ; old\n<!-- over\n"
                    "RAFT [LOST]\nlines --> \n\n\t[COP <900101]\n", encoding="utf-8")
    assert kept(file) == [(2, "FERRY [NGO]"), (3, "BARGE [MIL]"), (4, "TUG [GOV]"), (9, "[COP <900101]")]


def test_comments_of_tabari(tmp_path: Path) -> None:
    file = tmp_path / "a.actors"
    file.write_text("# all\n/ too\nFERRY [###] ;end\n~~FINISH\nRAFT [LOST]\n", encoding="utf-8")
    assert kept(file, "tabari") == [(3, "FERRY [###]")]


def test_a_comment_that_is_never_closed_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("FERRY [NGO]\n<!-- and so\nRAFT [MIL]\n", encoding="utf-8")
    assert [str(f) for f in lint(actors=file)] == ["a.txt:2: error: a comment <!-- that is never closed"]


@pytest.mark.parametrize("data", ["CÔTE [CIV]\r\nZÜRICH [CHE]\r\n".encode("latin-1"),
                                  "CÔTE [CIV]\rZÜRICH [CHE]\r".encode(),
                                  b"\xef\xbb\xbf" + "CÔTE [CIV]\nZÜRICH [CHE]\n".encode()])
def test_encodings_and_line_ends(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    assert kept(file) == [(1, "CÔTE [CIV]"), (2, "ZÜRICH [CHE]")]


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    binary = tmp_path / "binary.txt"
    binary.write_bytes(b"FERRY\0[NGO]")
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    for path, why in ((tmp_path / "none.txt", "No such file"), (tmp_path, "cannot be read"), (binary, "not a text"),
                      (huge, "larger than")):
        with pytest.raises(RuleError, match=why) as caught:
            load(verbs=FOLDER / "petrarch1.verbs.txt", actors=path, format="petrarch1")
        assert path.name in str(caught.value)


def test_an_unknown_format_and_what_is_no_path_are_refused() -> None:
    with pytest.raises(InputError, match="petrarch2, universalpetrarch"):
        load(verbs=[], actors=[], format="petrarch3")
    with pytest.raises(InputError, match="paths"):
        load(verbs=[7], actors=[], format="petrarch2")  # type: ignore[list-item]


HOSTILE = {
    "brackets": "[" * 4000,
    "braces": "- * {" + "{" * 3000 + " [010]",
    "gaps": "- " + "A " * 1500 + "* [010]",
    "synset in itself": "&LOOP\n+&LOOP\n- * &LOOP [010]",
    "a long line": "X" * 100_000,
    "odd": "+\n&\n-\n~\n*\n---\n{}\n",
    "nothing": "",
    "marks": "- " + "$ + % ^ " * 300 + "* [010]",
    "code": "--- A [" + ":" * 500 + "] ---\nA\n",
    "dates": "FERRY\n\t[A 99999999-00000000]\n\t[B <]\n\t[C >x]\n\t[ <900101]\n\t[D 900101-]\n",
    "issue": "a+b " * 90 + "[I]",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("format", ["tabari", "petrarch1", "petrarch2", "universalpetrarch"])
def test_hostile_files_neither_crash_nor_hang(tmp_path: Path, name: str, format: str) -> None:
    file = tmp_path / "hostile.txt"
    file.write_text("--- STAY [010] ---\nSTAY\n" + HOSTILE[name], encoding="utf-8")
    began = time.monotonic()
    coder = load(verbs=file, actors=file, agents=file, discards=file, issues=file, format=format)
    coder.code("They stay. " + "A " * 60 + "stay a b c.", published="2001-02-03")
    assert time.monotonic() - began < 20


@given(DAYS, DAYS, DAYS)
def test_a_restriction_holds_from_its_first_to_its_last_day(one: date, other: date, day: date) -> None:
    first, last = min(one, other), max(one, other)
    written = parse_restriction(f"MIL {first:%y%m%d}-{last:%Y%m%d}")
    assert written == Restriction("MIL", first, last)
    assert isinstance(written, Restriction)
    assert written.holds(day) == (first <= day <= last)
    assert written.holds(day, "exclusive") == (first <= day < last)


@given(DAYS, DAYS)
def test_before_and_after_count_their_day_in_unless_told_otherwise(limit: date, day: date) -> None:
    before, after = (parse_restriction(f"GOV {sign} {limit:%Y%m%d}") for sign in "<>")
    assert isinstance(before, Restriction)
    assert isinstance(after, Restriction)
    assert before.holds(day) == (day <= limit)
    assert before.holds(day, "exclusive") == (day < limit)
    assert after.holds(day) == after.holds(day, "exclusive") == (day >= limit)


@given(st.lists(st.tuples(DAYS, st.integers(0, 900)), max_size=6), DAYS, st.booleans())
def test_the_first_restriction_that_holds_decides(spans: list[tuple[date, int]], day: date, undated: bool) -> None:
    codes = [Restriction(f"C{n}", first, first + timedelta(length)) for n, (first, length) in enumerate(spans)]
    holding = [code.code for code in codes if code.holds(day)]
    with_default = [Restriction("ANY"), *codes] if undated else codes
    assert choose(with_default, day) == (holding[0] if holding else "ANY" if undated else None)
    assert choose(with_default, day, default="first") == ("ANY" if undated else holding[0] if holding else None)
    assert choose(with_default, None) == ("ANY" if undated else None)


@given(st.text(max_size=40))
def test_any_text_is_a_restriction_or_is_said_to_be_none(text: str) -> None:
    parsed = parse_restriction(text)
    assert isinstance(parsed, (Restriction, str))
    assert parsed != ""


@pytest.mark.parametrize(("text", "day"), [
    ("300101", date(2030, 1, 1)), ("310101", date(1931, 1, 1)), ("18970101", date(1897, 1, 1)), ("991232", None),
    ("1", None), ("9008223", None), ("1920030320", None), ("٠٠٠١٠١", None)])
def test_days(text: str, day: date | None) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize(("inside", "why"), [
    ("GOV 20121204", "neither before nor after"), ("GOV 9008223-911221", "no date: 9008223"), ("", "empty"),
    ("GOV 20121207-20120802", "ends before it begins"), ("<900101", "no code"), ("GOV soon", "no date restriction")])
def test_what_is_wrong_with_a_restriction_is_said(inside: str, why: str) -> None:
    parsed = parse_restriction(inside)
    assert isinstance(parsed, str)
    assert why in parsed


def test_an_actor_s_block() -> None:
    actors = Actors("petrarch1")
    actors.read(FOLDER / "actors.txt", Findings())
    found = actors.at(["KOFI", "MENSAH", "SPOKE"], 0)
    assert found is not None
    end, phrase = found
    assert (end, phrase.block.name, str(phrase.place)) == (2, "KOFI MENSAH", line_of("actors.txt", "KOFI_MENSAH [GHA]"))
    assert [code.code for code in phrase.block.codes] == ["GHA", "GHAOPP", "GHAGOV", "GHAELI"]
    assert actors.at(["KOFI"], 0) is None
    paris = actors.at(["PARIS"], 0)
    assert paris is not None
    assert paris[1].block.name == "FRANCE"
    assert actors.at(["U.N"], 0) is not None


def test_an_actor_file_s_faults_name_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("+FIRST\n\t[LOST]\nFERRY [NGO 19990101\nBARGE [MIL]\nBARGE [GOV]\nTUG\nRAFT\n\t[COP <950101]\n"
                    "\t[CIV 900101-930101]\n", encoding="utf-8")
    assert [(f.place.line, f.level, f.message.split(":")[0]) for f in lint(actors=file)] == [
        (1, "error", "a synonym without an actor before it"), (2, "error", "codes without an actor before them"),
        (3, "error", "a code without its closing bracket"), (3, "note", "an actor without a code"),
        (5, "note", "this phrase stands earlier; the first one holds"), (6, "note", "an actor without a code"),
        (9, "note", "no day reaches CIV")]


def agents() -> Agents:
    made = Agents("petrarch2")
    made.read(FOLDER / "agents.txt", Findings())
    return made


@pytest.mark.parametrize(("phrase", "code"), [
    ("SOLDIERS", "MIL"), ("CHARITIES", "NGO"), ("ATTORNEYS GENERAL", "JUD"), ("ATTORNEY GENERAL", "JUD"),
    ("MINISTRIES OF FISHERIES", "GOV"), ("CONGRESSWOMEN", "LEG"), ("POLICE", "COP")])
def test_agents_and_their_plurals(phrase: str, code: str) -> None:
    found = agents().at(phrase.split(), 0)
    assert found is not None
    assert (found[0], found[1].code) == (len(phrase.split()), code)


@pytest.mark.parametrize("phrase", ["POLICES", "CONGRESSMENS", "PRESSES", "ATTORNEY GENERALS"])
def test_no_plural_where_none_is_formed(phrase: str) -> None:
    assert agents().at(phrase.split(), 0) is None


def test_codes_are_composed_of_parts_of_three_letters() -> None:
    table = agents()
    soldier, people, charity, press = (table.at([word], 0)[1]  # type: ignore[index]
                                       for word in ("SOLDIER", "PEOPLE", "CHARITY", "PRESS"))
    assert compose("KEN", [soldier]) == "KENMIL"
    assert compose("KENMIL", [soldier, press]) == "KENMILMED"
    assert compose("KEN", [charity, soldier]) == "NGOKENMIL"
    assert compose(None, [soldier]) == "---MIL"
    assert compose("KEN", [people, soldier]) == "KENMIL"
    assert compose("KEN", [people]) == "KENPPL"
    assert compose(None, []) is None
    assert not has_part("AMILES", "MIL")


def test_an_agent_file_s_faults_name_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("FERRYMAN\nPILOT [NAV]\nSAILOR [~NAV}\n!CREW!_CHIEF [~NAV]\n", encoding="utf-8")
    found = [(f.place.line, f.level) for f in lint(agents=file)]
    assert found == [(1, "error"), (2, "error"), (3, "note"), (4, "error")]


def test_verbs_blocks_and_patterns() -> None:
    verbs = Verbs("petrarch1")
    findings = Findings()
    verbs.read([FOLDER / "petrarch1.verbs.txt"], findings)
    assert findings.all == []
    assert verbs.synsets["&KIT"] == (("TRACTOR",), ("TRACTORS",), ("PLOUGH",), ("PLOUGHS",), ("STEAM", "ENGINE"),
                                     ("STEAM", "ENGINES"), ("CATTLE",), ("TENT",), ("TENTS",))
    assert verbs.synsets["&AUX"] == (("DID",), ("COULD",))
    [gave] = verbs.forms["GAVE"]
    assert (gave.code.active, str(gave.place)) == ("070", line_of("petrarch1.verbs.txt", "GIVE {GAVE GIVEN GIVING}"))
    assert gave.block is verbs.forms["LENT"][0].block
    assert [str(pattern.code) for pattern in gave.block.patterns] == ["0732", "0731", "073"]
    assert "GIVES" not in verbs.forms
    back, alone = verbs.forms["BROUGHT"]
    assert (back.after, alone.after, str(back.code)) == (("BACK",), (), "0841")
    assert verbs.forms["BOMBED"][0].before == ("FIRE",)


def test_a_verb_file_s_faults_name_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "v.txt"
    file.write_text("- * LOST [010]\nLOST [010]\n--- HAUL [060] ---\nHAUL\n- * NETS\n- NETS [061]\n- * NETS * [062]\n"
                    "- * &NETS [063]\n- * (IN BAY [064]\n- * {} [065]\n- * NETS [066]\n- * NETS [067]\n- * BAY [###]\n"
                    "- * COD [08!]\n* (TO TOW) [069]\n~ a (b) = 1\n", encoding="utf-8")
    found = [(f.place.line, f.level) for f in lint(verbs=file) if "no number" not in f.message]
    assert found == [(1, "error"), (2, "error"), (5, "error"), (6, "error"), (7, "error"), (8, "error"), (9, "error"),
                     (10, "error"), (12, "note"), (13, "error"), (14, "note"), (15, "note"), (16, "error")]
    [block] = read(verbs=file).rules.verbs.blocks.values()
    assert {str(p.code) for p in block.patterns} == {"067", "08!", "069"}


def test_regular_forms() -> None:
    assert [plural(word) for word in ("CITY", "PRESS", "BOAT")] == ["CITIES", "PRESSES", "BOATS"]
    assert set(verb_forms("ADMIT")) >= {"ADMIT", "ADMITS", "ADMITTED", "ADMITTING"}
    assert set(verb_forms("DENY")) == {"DENY", "DENIES", "DENIED", "DENYING"}
    assert set(verb_forms("RAZE")) == {"RAZE", "RAZES", "RAZED", "RAZING"}
    assert "DEPLOIES" not in verb_forms("DEPLOY")


def test_words_are_those_of_the_treebank() -> None:
    assert words_of("U.S._AL-QAEDA's men DIDN'T") == ("U.S", "AL-QAEDA", "'S", "MEN", "DID", "N'T")


def test_codes_combine_by_their_numbers() -> None:
    numbers = standard()
    assert len(numbers) > 250
    assert (numbers.combine("020", "070"), numbers.combine("030", "070")) == ("023", "033")
    assert numbers.combine("020", "040") == "040"
    assert numbers.combine("010", "060") is None
    assert numbers.combine("020", "made up") is None
    assert (numbers.negate("060"), numbers.negate("190")) == ("121", None)


def test_an_ontology_file_of_numbers() -> None:
    findings = Findings()
    numbers = read_numbers(FOLDER / "ontology.txt", findings)
    assert numbers.combine("020", "070") == "023"
    assert numbers.negate("010") is None
    assert [str(f.place) for f in findings.all] == [line_of("ontology.txt", "nonsense")]
    assert CodeNumbers({"044": 5, "04": 5}).combine("04", "044") == "044"
