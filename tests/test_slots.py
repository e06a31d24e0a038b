"""Roles from the tree: who does it to whom, whatever the construction."""

from __future__ import annotations

import pytest
from sentence_reading import mention, sides


@pytest.mark.parametrize(
    ("text", "action", "source", "target"),
    [
        ("Rebels attacked a convoy near Gao.", "attack", "Rebels", "convoy"),
        ("A convoy was attacked by rebels near Gao.", "attack", "rebels", "convoy"),
        ("Soldiers arrested two students in Dhaka.", "arrest", "Soldiers", "students"),
        ("Two students were arrested in Dhaka.", "arrest", "", "students"),
        ("The students who were arrested by soldiers in Dhaka were freed.", "arrest", "soldiers", "students"),
        ("Gunmen who attacked a village in Zamfara fled.", "attack", "Gunmen", "village"),
        ("Militants killed in an air strike were buried in Sirte.", "kill", "", "Militants"),
        ("Gunmen stormed the hotel and killed six guests in Ouagadougou.", "kill", "Gunmen", "guests"),
        ("Soldiers are accused of killing villagers in Sobame.", "accuse", "", "Soldiers"),
        ("The kidnapped priest was seen in Kaduna.", "abduct", "", "priest"),
        ("The arrest of an opposition leader by police angered Conakry.", "arrest", "police", "opposition leader"),
        ("Rebels carried out an attack on the barracks in Bangui.", "attack", "Rebels", "barracks"),
        ("Turkish troops and Kurdish fighters clashed near Afrin.", "clash", "Turkish troops", "Kurdish fighters"),
        ("Clashes between soldiers and insurgents erupted in Pemba.", "clash", "soldiers", "insurgents"),
        ("Gunmen shot and wounded a judge in Quetta.", "shoot", "Gunmen", "judge"),
        ("Police used batons to disperse hundreds of students.", "disperse", "Police", "students"),
        ("The army launched a counter-offensive against the rebels.", "offensive", "army", "rebels"),
        ("Nineteen villagers died at the hands of raiders near Kura.", "kill", "raiders", "villagers"),
        ("Gunmen shot dead the militiaman in Kaduna on Monday.", "shoot", "Gunmen", "militiaman"),
        ("Ethiopian troops crushed a mutiny by pilots in Asmara.", "crackdown", "Ethiopian troops", "pilots"),
    ],
)
def test_who_does_it_to_whom(text: str, action: str, source: str, target: str) -> None:
    sources, targets = sides(mention(text, action))
    assert source in " ".join(sources)
    assert bool(sources) == bool(source)
    assert target in " ".join(targets)


def test_both_sides_of_a_coordinated_target() -> None:
    found = mention("Fighters surrendered to the Taliban and government forces in Faryab.", "surrender")
    assert len(found.targets) == 2
    assert found.targets[0].actor_id == "taliban"
    assert "military" in found.targets[1].traits


def test_an_agent_is_never_invented() -> None:
    assert sides(mention("Three miners were killed in Arlit on Monday.", "kill"))[0] == []


def test_a_date_is_no_party() -> None:
    found = mention("An attack on Monday on a mosque in Jos killed four people.", "attack")
    assert all("Monday" not in party.text for party in (*found.sources, *found.targets))


def test_clashes_between_two_sides_however_far() -> None:
    text = "Clashes raged for a third day around Malakal between the army and fighters loyal to the governor."
    found = mention(text, "clash")
    assert sides(found) == (["army"], ["fighters"])


def test_a_number_of_men_beside_their_general() -> None:
    found = mention("The rebel general and 200 of his men gave themselves up at the town hall of Bria.", "surrender")
    assert sides(found)[0] == ["rebel general", "men"]
