import pytest
import yaml

from generator.syntax.diagnosis import diagnose


def find(text: str):
    """The slip in this text."""
    with pytest.raises(yaml.MarkedYAMLError) as caught:
        yaml.load(text, yaml.CSafeLoader)
    return diagnose(text.split("\n"), caught.value)


@pytest.mark.parametrize(
    ("text", "rule", "line", "fix"),
    [
        ("- a: *Milk plants* win\n", "special-start", 0, 'a: "*Milk plants* win"'),
        ("- a: } b\n", "special-start", 0, 'a: "} b"'),
        ("- a: b\n  c: , d\n", "special-start", 1, 'c: ", d"'),
        ("- a: [b, #c]\n", "lost-behind-hash", 0, '"#c"'),
        ("- a: 't is so\n", "open-quote", 0, '"\'t is so"'),
        ("- a: 'Acme\n  b: c\n", "open-quote", 0, "Close the value with '"),
        ("%YAML 9.0\n---\n- a\n", "special-start", 0, "Delete the line"),
        ("- a: b: c\n    d\n- e\n", "colon-in-text", 0, 'a: "b: c"'),
        (
            "- a: b\n  # c: >-\n    d\n    e\n  f: g\n",
            "missing-colon",
            2,
            "Take the # away in line 2",
        ),
        ("# x\n…\n- a: b\n", "missing-colon", 1, "put # and a space before it"),
    ],
)
def test_one_slip_is_found_where_it_stands(text, rule, line, fix):
    finding = find(text)
    assert (finding.rule.id, finding.line) == (rule, line)
    assert fix in finding.fix
