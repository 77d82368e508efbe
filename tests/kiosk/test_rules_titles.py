"""Duties are verbs. Without this a title comes in by the door of a list, and with it somebody above the others."""

import tomllib
from importlib.resources import files

import pytest

from kiosk.rules.duties import KNOWN, duty_name
from kiosk.rules.titles import LANGUAGES, title_in
from kiosk.state import State

TITLES = {
    "en": {
        "facilitating": "chair|Chairperson|vice-chair|CHAIRWOMAN|president|facilitator|the chairmen|chair2",
        "taking minutes": "secretary|Secretaries|minutes clerk",
        "keeping the jar": "treasurer|Treasurers|cashier",
        "tending the kiosk": "administrator|admin",
        "": "head|leader|team lead|director|managers|Officer|boss|bosses|supervisor|Co-ordinator|captain|foreman"
        "|board member|teamlead|tech lead|rector|dean|prefect|commissar|founder|management|mngr|c e o|C. E. O."
        "|b o s s|l e a d e r|b0ss|b 0 s s|1eader|d1rector|m4n4g3r"
        "|delegate|CEO|person in charge|the boss’s coffee|deputy|spokeswoman",
    },
    "es": {
        "facilitar": "presidenta|vicepresidente|presidencia|moderadora",
        "tomar acta": "secretaria|secretario",
        "cuidar el bote": "tesorero|tesoreras|cajera",
        "": "rectora|decano|dirección"
        "|jefe|jefas|directora|gerente|encargado|encargada|líder|coordinadora|capataz|capitán|delegada",
    },
    "fr": {
        "animer la réunion": "président|Présidente|vice-présidente|animatrice",
        "rédiger le compte rendu": "secrétaire|secrétaires",
        "tenir la caisse": "trésorier|trésorière|tresoriere",
        "": "doyenne|préfet|la direction"
        "|chef|cheffe|directrice|gérante|patronne|coordinatrice|capitaine|contremaître|déléguée|porte-parole",
    },
    "de": {
        "moderieren": "Vorsitzende|Vorsitzender|den Vorsitzenden|Präsidentin|praesident|Vereinspräsident|Obfrau",
        "Protokoll schreiben": "Sekretärin|Schriftführer|Protokollantinnen|Protokollant",
        "die Kasse führen": "Kassenwart|Schatzmeisterin|Kassiererin",
        "": "Leitung|die Leitung|Dekanin|Gründerin|Vorstandsmitglied"
        "|Leiter|Leiterin|Abteilungsleiter|Küchenchefin|Geschäftsführer|Direktorin|Vorstand|Vorständin"
        "|Werkstattleitung|Koordinatorin|Beauftragter|Vorarbeiter|Hausmeister|Betriebsratssprecherin|Kapitän"
        "|Delegierte",
    },
    "pl": {
        "prowadzenie rozmowy": "przewodniczący|przewodnicząca|wiceprzewodniczącego|prezydent",
        "pisanie protokołu": "sekretarz|sekretarka|sekretarzem",
        "prowadzenie kasy": "skarbnik|skarbniczka|kasjerka",
        "": "dziekan|założycielka|członek zarządu"
        "|kierownik|kierowniczka|kierownikiem|dyrektorka|prezes|wiceprezesa|szefowa|menedżerka|lider"
        "|koordynatorka|kapitan|brygadzista|delegatka|majster|naczelniczka",
    },
    "ar": {
        "حفظ الصندوق": "أمين الصندوق|امين الصندوق|أمينة الصندوق",
        "كتابة المحضر": "أمين السر|سكرتير|السكرتيرة",
        "تيسير الاجتماع": "رئيس|رئاسة|الرئيسة|رؤساء|للرئيس|رئـيـس",
        "": "عميد|المؤسس|الإدارة|مدير|المديرة|مدراء|قائد|مسؤول|المسؤولة|مشرفة|المنسق|نائب|مندوب|زعيم|ضابط",
    },
}
CASES = [
    pytest.param(language, title, say, id=f"{language}-{title}")
    for language, offers in TITLES.items()
    for say, titles in offers.items()
    for title in titles.split("|")
]
VERBS = """
    taking minutes|facilitating|keeping the jar|tending the kiosk|watering the plants|stacking the chairs
    leading the walk|delegating nothing|opening up|ordering flour|embossing bags|administering first aid
    leading the queue|waste management|3D printing|room 101|a b c of first aid|feeding the 5 hens|general cleaning
    tomar acta|facilitar|cuidar el bote|cuidar el kiosco|regar las plantas|leer el contador
    poner la dirección|fundar nada
    animer la réunion|rédiger le compte rendu|tenir la caisse|s’occuper de la borne|arroser les plantes
    moderieren|Protokoll schreiben|die Kasse führen|den Kiosk betreuen|die Blumen gießen|kassieren|Küche putzen
    Stehleiter prüfen|Lautsprecher aufbauen|Amboss putzen|den Chor leiten|die Leitung entkalken|Wasserleitung prüfen
    prowadzenie rozmowy|pisanie protokołu|prowadzenie kasy|doglądanie kiosku|podlewanie kwiatów|majsterkowanie
    przewodniczyć zebraniu|naprawiać kierownice|księgowanie
    حفظ الصندوق|كتابة المحضر|تيسير الاجتماع|العناية بالكشك|سقي النباتات|مراقبة المخزون|تنظيف المطبخ|تنظيف المؤسسة
""".replace("\n", "|").split("|")


@pytest.mark.parametrize(("language", "title", "say"), CASES)
def test_a_title_is_refused_and_a_verb_is_offered(language, title, say):
    found = title_in(title)
    assert found is not None
    assert found.say == say
    assert found.otherwise == offered(language)["otherwise"]
    assert title_in(found.say or found.otherwise) is None
    refused = duty_name(title, State())
    assert refused.code == "title"
    assert (found.say or found.otherwise) in refused.words.format(**refused.facts)


@pytest.mark.parametrize("verb", [verb.strip() for verb in VERBS if verb.strip()])
def test_what_is_done_is_no_title(verb):
    assert title_in(verb) is None
    assert duty_name(verb, State()) == verb


def test_every_language_is_there_and_offers_what_it_would_take_itself():
    assert set(TITLES) == set(LANGUAGES)
    for language in LANGUAGES:
        words = offered(language)
        for say in (words["otherwise"], *(group.get("say") or words["otherwise"] for group in words["title"])):
            assert title_in(say) is None
            assert duty_name(say, State()) == say


def test_no_word_on_a_list_is_lost_on_the_way_to_the_rule():
    """A word spelt so that it is never found would be a title that comes in."""
    for language in LANGUAGES:
        for group in offered(language)["title"]:
            for kind in ("exact", "words", "ends", "starts", "phrases", "alone"):
                for word in group.get(kind, ()):
                    assert title_in(word) is not None, (language, kind, word)


def offered(language):
    return tomllib.loads((files("kiosk.rules") / "title_words" / f"{language}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "name too short"),
        ("ab", "name too short"),
        ("x" * 33, "name too long"),
        ("[b]cooking[/b]", "name signs"),
        ("cooking\u202e", "name signs"),
        ("coоking", "mixed letters"),
        ("сhair", "mixed letters"),
        ("lider", "title"),
        ("responsable", "title"),
        ("Arguing the Downside", "downside"),
    ],
)
def test_a_name_that_could_mislead_is_refused(name, code):
    assert duty_name(name, State()).code == code


def test_the_duties_that_are_offered_may_be_chosen():
    assert [duty_name(name, State()) for name in KNOWN] == list(KNOWN)
