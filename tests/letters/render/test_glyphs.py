"""Which characters can be printed, and that the shipped fonts carry their licence."""

from letters.render.glyphs import FONTS, named, uncovered
from tests.letters.render.sheets import NAMES

ALPHABETS = (
    "AZaz ÀÖØöøÿ ĀĂĄĆŁłŃńŒœŘřŚśŞşŠšŢţŤťŮůŹźŻżŽž ȘșȚț ıİğ ẹ́ọ́ṣ ŋ",
    "ẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỚớỜờỞởỠỡỢợỤụỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹĐđƠơƯư",
    "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ αβγδεζηθικλμνξοπρσςτυφχψω άέήίόύώϊϋΐΰ",
    "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ абвгдеёжзийклмнопрстуфхцчшщъыьэюя ЄєІіЇїҐґ ЂђЈјЉљЊњЋћЏџ",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي ءآأؤإئةى پچژگک ی ٹڈڑں ھ ہ ے ۰۹ ٠٩ ،؛؟",
    "אבגדהוזחטיךכלםמןנסעףפץצקרשת ־״׳ שָׁלוֹם",
    "– — ‘’ “” „ « » … • · † ‡ § ¶ © ® ™ ° ± × ÷ − ≤ ≥ ≠ ≈ µ α ½ ² ³ € £ № → ′ ″ \u2011 \u00a0 \u202f \u2009",
)


def test_every_alphabet_in_use_is_covered():
    assert {text: uncovered(text) for text in (*ALPHABETS, *NAMES) if uncovered(text)} == {}


def test_uncovered_characters_come_once_and_in_order():
    assert uncovered("A ก B 🙂 ก") == ["ก", "🙂"]


def test_what_shows_nothing_needs_no_glyph():
    assert uncovered("a\u200d\u200f\u2060\u00ad\ufeff\tb\nc") == []


def test_text_is_judged_as_it_is_stored():
    assert uncovered("e\u0301") == []


def test_letter_without_a_glyph_of_its_own_is_drawn_from_its_parts():
    assert uncovered("\u1e05 \u01ed") == []


def test_named_says_what_to_look_up():
    assert named(["ก"]) == "ก (U+0E01 THAI CHARACTER KO KAI)"


def test_each_family_carries_its_licence():
    licences = {file.stem.removeprefix("OFL-") for file in FONTS.glob("OFL-*.txt")}
    families = {file.stem.split("-")[0] for file in FONTS.glob("*.ttf")}
    assert families == {"SourceSerif4", "Amiri", "NotoSerifHebrew", "NotoSansJP", "NotoSansKR", "NotoSansSC"}
    assert licences == {"SourceSerif4", "Amiri", "NotoSerifHebrew", "NotoSansCJK"}
    for file in [*FONTS.glob("OFL-*.txt"), *FONTS.with_name("web").glob("OFL-*.txt")]:
        text = file.read_text(encoding="utf-8")
        assert text.startswith("Copyright")
        assert "SIL OPEN FONT LICENSE Version 1.1" in text


def test_fonts_stay_under_25_megabytes():
    assert sum(file.stat().st_size for file in FONTS.parent.rglob("*") if file.is_file()) < 25 * 2**20
