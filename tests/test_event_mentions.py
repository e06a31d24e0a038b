"""What a sentence says of one act: status, speaker, embedded acts, weapons, counts, place."""

from __future__ import annotations

import pytest
from sentence_reading import coder, mention, mentions


@pytest.mark.parametrize(
    ("text", "action", "status"),
    [
        ("The army attacked the rebels near Bria.", "attack", "actual"),
        ("The army did not attack the rebels near Bria.", "attack", "negated"),
        ("The army will attack the rebels near Bria.", "attack", "intended"),
        ("The army will not attack the rebels near Bria.", "attack", "negated"),
        ("The army has not responded to questions about the wells.", "decline_comment", "actual"),
        ("The king said no to a French plan for the river.", "reject", "actual"),
        ("The rebels plan to attack the town of Bria.", "attack", "intended"),
        ("The rebels have yet to attack the town of Bria.", "attack", "negated"),
        ("The rebels had yet to attack the town of Bria.", "attack", "negated"),
        ("The rebels had to attack the town of Bria.", "attack", "actual"),
        ("The rebels tried to storm the barracks of Bria but were driven back.", "attack", "negated"),
        ("Plans for a strike by pilots in Bria were called off.", "strike", "negated"),
        ("Should the rebels attack the town of Bria, the force will answer.", "attack", "hypothetical"),
        ("An attack on the dam near Bria could drown thousands.", "attack", "hypothetical"),
        ("Instead of attacking the rebels near Bria, the army left.", "attack", "negated"),
        ("The rebels neither attacked the army near Bria nor left.", "attack", "negated"),
        ('"When will the rebels attack the town of Bria?" a trader asked.', "attack", "hypothetical"),
        ("The rebels have attacked the army near Bria for years.", "attack", "ongoing"),
        ("The king arrives in Bangui next Monday.", "visit", "intended"),
        ("If the army attacks the rebels near Bria, talks will end.", "attack", "hypothetical"),
        ("The rebels failed to capture the town of Bria.", "capture_territory", "negated"),
        ("The talks come weeks after rebels attacked the army near Bria.", "attack", "historical"),
        ("Did the army attack the rebels near Bria?", "attack", "hypothetical"),
        ("Thousands marked the anniversary of the bombing of the market in Bria.", "bombard", "historical"),
    ],
)
def test_status(text: str, action: str, status: str) -> None:
    found = [
        m
        for m in mentions(text)
        if m.action == action or (m.action in ("explode", "attack") and status == "historical")
    ]
    assert [m.status for m in found][:1] == [status]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Police said gunmen killed two officers in Quetta.", "Police"),
        ("Gunmen killed two officers in Quetta, police said.", "police"),
        ("Gunmen killed two officers in Quetta, according to residents.", "residents"),
        ("Gunmen killed two officers in Quetta.", None),
    ],
)
def test_attribution(text: str, speaker: str | None) -> None:
    found = mention(text, "kill")
    assert (found.attributed_to.text if found.attributed_to else None) == speaker
    assert [p.text for p in found.sources] == [found.sources[0].text]
    assert "unmen" in found.sources[0].text


@pytest.mark.parametrize(
    ("text", "speech", "about"),
    [
        ("The opposition demanded the release of the prisoners in Harare.", "demand", "release"),
        ("Iran threatened to attack Israel.", "threaten", "attack"),
        ("The minister accused the rebels of killing villagers in Ituri.", "accuse", "kill"),
    ],
)
def test_speech_takes_in_what_it_is_about(text: str, speech: str, about: str) -> None:
    assert mention(text, speech).about == about
    assert about not in {m.action for m in mentions(text)}


def test_what_a_speech_act_swallows_is_in_the_trace() -> None:
    trace = coder().trace("Iran threatened to attack Israel.", published="2024-05-15")
    assert any(r.reason == "content of threaten" and r.text == "attack" for r in trace.rejections)


def test_weapons_and_counts_go_to_the_act() -> None:
    found = mention(
        "Rebels attacked a convoy near Ansongo with mortars, killing seven soldiers and wounding 20.", "bombard"
    )
    assert found.weapons == ("mortar",)
    found = mention(
        "Rebels attacked a convoy near Ansongo with mortars, killing seven soldiers and wounding 20.", "kill"
    )
    assert [(c.what, c.best) for c in found.counts] == [("killed", 7)]


def test_a_single_victim_counts_one() -> None:
    found = mention("Gunmen killed the mayor of Jamaame on Monday.", "kill")
    assert [(c.best, c.rules[0]) for c in found.counts] == [(1, "counts/one-person")]


@pytest.mark.parametrize(
    "text",
    ["Two smugglers gunned down near Maan", "Teacher shot dead in Pattani", "Police in Cali say bus driver shot"],
)
def test_a_headlines_victim_is_no_shooter(text: str) -> None:
    found = mention(text, "shoot")
    assert not found.sources
    assert len(found.targets) == 1


def test_an_entry_says_what_its_numbers_count_where_its_action_does_not() -> None:
    found = mention("Gunmen shot dead three farmers near Jamaame on Monday.", "shoot")
    assert [(c.what, c.best) for c in found.counts] == [("killed", 3)]


def test_a_bare_number_is_of_people() -> None:
    found = mention("Marines in Sfax detained 40.", "arrest")
    assert [party.text for party in found.targets] == ["40"]
    assert not mentions("The index in Sfax gained 40.")


def test_arms_stand_for_whoever_bears_them() -> None:
    found = mention("Warplanes pounded a village near Kidal.", "bombard")
    assert not found.sources


def test_a_passive_keeps_its_second_object() -> None:
    found = mention("Two inmates were given electric shocks at a barracks in Juba.", "torture")
    assert [party.text for party in found.targets] == ["inmates"]


def test_entries_for_one_word_and_action_share_what_they_tell() -> None:
    found = mention("Guerrillas blew up a pylon near Tame.", "explode")
    assert "bomb" in found.weapons


def test_a_weapon_is_no_party() -> None:
    assert mention("A roadside bomb killed three soldiers in Helmand.", "explode").sources == ()


def test_the_place_is_the_acts_own() -> None:
    found = mention("Refugees from Sudan demonstrated in Nairobi on Thursday.", "protest")
    assert found.place is not None
    assert found.place.name == "Nairobi"


def test_the_place_of_the_nearest_clause_stands_before_a_more_exact_one_elsewhere() -> None:
    found = mention("The rebels captured towns in North Kivu from a group, which is allied with officers in Kinshasa.",
                    "capture_territory")
    assert found.place is not None
    assert found.place.text == "North Kivu"


def test_what_was_taken_is_the_place_and_not_whom_it_was_taken_from() -> None:
    found = mention("Ethiopia captured Badme from Eritrea during the border war.", "capture_territory")
    assert found.place is not None
    assert found.place.text == "Badme"


def test_where_a_person_comes_from_is_not_where_it_happened() -> None:
    found = mention("Peter Hallam of Texas was shot by gunmen near Tripoli.", "shoot")
    assert found.place is not None
    assert found.place.name == "Tripoli"


def test_a_noun_is_only_referred_to() -> None:
    assert not mention("Questions about the attack on the convoy in Bria went unanswered.", "attack").asserted
    assert mention("An attack on the convoy in Bria killed two soldiers.", "attack").asserted


@pytest.mark.parametrize(("text", "day"), [
    ("Nurses to strike over unpaid wages on Thursday", "2024-05-16"),
    ("The opposition plans to hold a rally in Harare on Saturday.", "2024-05-18"),
    ("The opposition held a rally in Harare on Saturday.", "2024-05-11"),
])
def test_what_is_to_come_lies_ahead(text: str, day: str) -> None:
    assert [str(m.date.start) for m in mentions(text)] == [day]


def test_a_semicolon_parts_what_is_feared_from_what_happened() -> None:
    found = mention("Gunmen killed two guards in Gao; the mayor fears that more will die.", "kill")
    assert (found.status, found.attributed_to) == ("actual", None)


@pytest.mark.parametrize(("text", "expected"), [
    ("Teachers at Bria college went on strike over pay.", ["strike"]),
    ("The depot was struck by artillery fire.", ["bombard"]),
    ("Gunmen attacked the village of Bria, shot six farmers and fled.", ["attack", "shoot"]),
    ("Jets bombed and strafed the village of Bria.", ["bombard"]),
    ("Hundreds of families were uprooted by fighting in Bria.", ["displace", "clash"]),
])
def test_one_act_is_told_once(text: str, expected: list[str]) -> None:
    assert [m.action for m in mentions(text)] == expected


def test_but_ends_what_is_denied() -> None:
    found = mentions("The army did not attack the town of Bria but shelled the road above it.")
    assert [(m.action, m.status) for m in found] == [("attack", "negated"), ("bombard", "actual")]


def test_what_is_denied_is_no_event_of_its_own() -> None:
    found = mentions("The governor of Bria denied taking bribes.")
    assert [(m.action, m.about) for m in found] == [("deny", "corruption")]


@pytest.mark.parametrize("text", [
    "The film follows a soldier who deserts and hides in a monastery.",
    "In the old fable a band of thieves plundered the palace of a king.",
    "Pupils in Bria learn how rebels killed the governor.",
])
def test_stories_and_lessons_tell_no_event(text: str) -> None:
    assert mentions(text) == []


def test_a_film_can_be_part_of_an_event() -> None:
    found = mentions("Gunmen killed two actors in a series of attacks on film crews.")
    assert [m.action for m in found][:1] == ["kill"]


@pytest.mark.parametrize("text", ["Riot officers looked on in Bria.",
                                  "The Bria Genocide Museum opens on Monday."])
def test_a_word_of_a_name_is_no_act(text: str) -> None:
    assert mentions(text) == []


def test_i_and_we_are_whoever_speaks() -> None:
    found = mention('"We killed six of them," a rebel commander in Bria said.', "kill")
    assert [(p.text, "rebel" in p.traits or p.refers_to is not None) for p in found.sources] == [("We", True)]


def test_a_term_is_not_how_long_it_has_gone_on() -> None:
    assert mention("A court in Bria has jailed an editor for four years.", "convict").status == "actual"


def test_what_is_being_considered_has_been_considered() -> None:
    assert mention("France is considering sanctions on Mali.", "consider").status == "actual"


@pytest.mark.parametrize(("text", "action", "target"), [
    ("Miners in Potosi blocked a road in protest of the Bolivian government's new tax.", "block_road",
     "Bolivian government"),
    ("Nurses in Tunis went on strike over the abuses by Tunisian police.", "strike", "Tunisian police"),
    ("Hundreds marched in Lome calling for the removal of President Faure Gnassingbe.", "protest",
     "President Faure Gnassingbe"),
    ("Estonia complained to the United Nations over two Russian raids on its waters.", "complain", "Russian"),
    ("Chad mobilized its reservists for a war against Sudan.", "mobilize", "Sudan"),
    ("Kenyan prosecutors launched an investigation into crimes committed by Ugandan troops.", "investigate",
     "Ugandan troops")])
def test_whom_an_act_is_aimed_at_may_stand_further_on(text: str, action: str, target: str) -> None:
    assert [party.text for party in mention(text, action).targets] == [target]


def test_for_whose_sake_a_protest_is_it_is_not_against() -> None:
    found = mention("Students rallied in Kampala demanding justice for Ugandan lawmakers.", "protest")
    assert "Ugandan lawmakers" not in [party.text for party in found.targets]


def test_a_bound_of_a_number_parts_no_verb_from_its_object() -> None:
    found = mention("Gunmen kidnapped up to 16 Chinese engineers from a mine.", "abduct")
    assert [party.text for party in found.targets] == ["Chinese engineers"]


def test_a_number_of_two_peoples_is_both() -> None:
    found = mention("Soldiers in Guinea tortured scores of Sierra Leonean and Liberian refugees.", "torture")
    assert [party.country for party in found.targets] == ["SLE", "LBR"]


def test_who_attacked_also_killed() -> None:
    text = "A camp for Congolese refugees was attacked by Burundian militiamen, killing nine people."
    assert [party.text for party in mention(text, "attack").targets] == ["Congolese refugees"]
    killed = mention(text, "kill")
    assert "REF" not in [party.sector for party in killed.sources]


def test_a_statement_says_what_its_author_says() -> None:
    text = "The Kurdistan Workers' Party issued a declaration demanding that Turkey free its leader."
    found = mention(text, "demand")
    assert [party.actor_id for party in found.sources] == ["kurdistan-workers-party"]


def test_shelled_towns_of_a_country_are_its_people() -> None:
    found = mention("Armenia shelled Azerbaijani towns on Monday.", "bombard")
    assert [(party.country, party.sector) for party in found.targets] == [("AZE", "CVL")]


@pytest.mark.parametrize("text", [
    "A driver from Homs was shot dead on Friday.",
    "New York fans beat a burglar on Friday.",
    "A bomb destroyed the U.S. Embassy in 1998.",
    "Two men were killed on Friday, a doctor said in Bangui.",
    "The troops captured the base, which the general of the Kivu campaign had lost.",
    "Deputies arrested a 32-year-old Tacoma man.",
    "Students protested against the killing of a boy in Hebron.",
    "The French minister condemned the attack on a clinic in Kunduz.",
    "A nurse who had worked in Bamako for ten years was kidnapped.",
    "At 9 a.m. (Damascus Time) the rebels attacked an army post.",
])
def test_where_people_come_from_and_speak_is_no_place_of_the_act(text: str) -> None:
    assert [m.place for m in mentions(text)[:1]] == [None]


def test_an_event_in_a_country_is_no_point_in_its_middle() -> None:
    text = "Gunmen killed four farmers in Burkina Faso on Friday."
    (event,) = coder().events(text)
    assert (event.place.country, event.place.precision) == ("BFA", "country")
    assert (event.place.latitude, event.place.longitude) == (None, None)
    (named,) = [place for place in coder().mentions(text).places if place.country == "BFA"]
    assert (named.precision, round(named.latitude), round(named.longitude)) == ("country", 12, -2)


@pytest.mark.parametrize(("text", "place"), [
    ("Two men were killed in the Sharada suburb of Kano on Friday.", "Sharada"),
    ("Gunmen killed a trader in the Kano suburb of Sharada on Friday.", "Sharada"),
    ("In Ramadi, west of Baghdad, soldiers arrested a preacher.", "Ramadi"),
    ("Students protested in Nairobi against the killing of a farmer in Mombasa.", "Nairobi"),
    ("A smuggler was arrested in Malaga and flown to Rabat.", "Malaga"),
    ("Soldiers killed two boys in the village of Dunkas in northern Homs on Sunday.", "Dunkas"),
    ("Gunmen shot dead a judge from Tikrit in Kirkuk.", "Kirkuk"),
    ("Police clashed with students at the University of Dhaka.", "Dhaka"),
    ("Three traders were killed in the old quarter of Waza in northern Maroua.", "Waza"),
    ("In Sadr City, a poor suburb of Baghdad, gunmen shot dead a cleric.", "Sadr City"),
    ("Gunmen attacked a bus near the village of Sakala near Goma on Friday.", "Sakala"),
    ("In the Gaza Strip, soldiers shot a boy near the town of Khan Yunis.", "Khan Yunis"),
    ("A driver from Homs was shot dead near Aleppo.", "Aleppo"),
    ("Four people were killed in Bria, an aid worker said in Bangui.", "Bria"),
    ("Police arrested the preacher in Garissa before the rally in Nairobi.", "Garissa"),
    ("The rebel was captured in Goma in 2009 and spent six years in a jail in Kigali.", "Goma"),
    ("Soldiers captured two villages near Bor and marched towards Juba.", "Bor"),
    ("A suicide bomber struck a Mosul cafe on Sunday.", "Mosul"),
    ("Rebels stormed the Heart Hospital on Monday.", "Heart Hospital"),
    ("Residents of Zinder said gunmen killed a teacher there.", "Zinder"),
    ("Shelling killed nine people in Syria's north.", "Syria"),
    ("Gunmen killed two guards near Macomia, an aid source in Maputo told reporters.", "Macomia"),
    ("The former mayor of Srebrenica was arrested in Zurich.", "Zurich"),
    ("Farmers from across Poland rallied in the capital Warsaw.", "Warsaw"),
    ("In one night across Iraq, gunmen shot dead a guard walking near his home in Mosul.", "Mosul"),
    ("Police seized rifles from a house in the old quarter of Nablus.", "Nablus"),
    ("Students protested over the fare rise in Surabaya.", "Surabaya"),
    ("Troops patrolled the streets of the capital, Suva, on Sunday.", "Suva"),
    ("Police patrolled Bari and army helicopters circled overhead.", "Bari"),
    ("Rebels launched an attack in the East Ghouta region of rural Damascus.", "East Ghouta"),
    ("A woman was shot as she walked along Atlantic Avenue.", "Atlantic Avenue"),
    ("At Camp Bastion, two soldiers were shot.", "Camp Bastion"),
    ("Soldiers retook 'Ayn Issa' from the jihadists.", "Ayn Issa"),
    ("Raiders crossed from Gaza into southern Israel on Sunday.", "Israel"),
    ("The army deployed troops to Cabo Delgado after an attack on Palma.", "Cabo Delgado"),
    ("The minister, speaking in Brussels, accused Rwanda of plunder.", "Brussels"),
])
def test_the_place_is_that_of_the_act(text: str, place: str) -> None:
    found = [m.place.text for m in mentions(text) if m.place is not None]
    assert found, [(m.action, m.place) for m in mentions(text)]
    assert found[0] == place


def test_the_dead_of_a_blast_are_no_second_blast() -> None:
    told = mentions("A grenade went off in a crowded bar in Bujumbura late on Friday, injuring a dozen drinkers.")
    assert [m.action for m in told] == ["explode", "injure"]


def test_two_sides_that_shell_each_other_tell_two_acts() -> None:
    told = mentions("The separatists shelled a crossing near Horlivka and the army replied with howitzers.")
    assert [(m.action, [p.text for p in m.sources]) for m in told] == [
        ("bombard", ["separatists"]), ("bombard", ["army"])]


@pytest.mark.parametrize("text", ["The murder mystery opened in Zurich.", "She is a leading expert on torture."])
def test_what_something_is_about_is_no_act(text: str) -> None:
    assert mentions(text) == []


def test_a_capital_stands_for_its_country() -> None:
    found = mention("Moscow has moved missiles to Kaliningrad.", "deploy")
    assert [party.text for party in found.sources] == ["Moscow"]


@pytest.mark.parametrize(("text", "source", "day"), [
    ("On 5 March 2019 gunmen killed a councillor in Bria.", "gunmen", "2019-03-05"),
    ("In April gunmen ambushed a convoy near Bria.", "gunmen", "2024-04-01"),
    ("In May 2020 militants abducted ten girls near Bria.", "militants", "2020-05-01"),
])
def test_a_day_without_a_comma_is_no_part_of_who_acts(text: str, source: str, day: str) -> None:
    told = mentions(text)[0]
    assert [party.text for party in told.sources] == [source]
    assert str(told.date.start) == day


def test_what_has_had_no_like_since_lies_in_the_past() -> None:
    told = mentions("The raid, the biggest since troops burned the port in 2012, killed nine people in Bria.")
    assert [(one.action, one.status) for one in told] == [("destroy_property", "historical"), ("kill", "actual")]
    assert told[1].date.basis == "published"


@pytest.mark.parametrize("noun", ["hostage", "prisoner", "captive"])
def test_who_is_taken_hostage_is_no_kind_of_hostage(noun: str) -> None:
    told = mentions(f"Rebels took ten soldiers {noun} near Bria.")[0]
    assert [party.text for party in told.targets] == ["soldiers"]
