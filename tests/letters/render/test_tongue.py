"""The language of a name by its script."""

import pytest

from letters.render.tongue import tongue


@pytest.mark.parametrize(
    ("name", "country", "tag"),
    [
        ("Society of Pain", "US", ""),
        ("대한중재통증학회", "", "ko"),
        ("日本脊椎インターベンション学会", "", "ja"),
        ("佐藤 陽子", "JP", "ja"),
        ("中国医师协会", "CN", "zh-Hans"),
        ("臺灣疼痛醫學會", "TW", "zh-Hant"),
        ("الجمعية الخليجية", "AE", "ar"),
        ("האגודה הישראלית", "IL", "he"),
        ("Ελληνική Εταιρεία", "GR", "el"),
        ("Українська асоціація", "UA", "uk"),
        ("Общество боли", "", ""),
        ("", "US", ""),
    ],
)
def test_name_is_marked_with_the_language_its_script_tells(name, country, tag):
    assert tongue(name, country) == tag
