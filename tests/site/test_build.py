"""`playbook build` and `render`: nothing is written where anything is wrong, and what lies there is
left alone.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.playbooks import Run, read_files


def break_one_line(folder: Path) -> None:
    file = folder / "strategy.yaml"
    file.write_text(
        file.read_text("utf-8").replace("priority: primary", "priority: primry"), "utf-8"
    )


def test_an_address_by_template_leads_to_the_entry(playbook: Run, started: Path) -> None:
    config = started / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8")
        + "\nrepo_url: https://code.example/team\nedit_uri_template: 'src/live/playbook/{path}'\n",
        "utf-8",
    )
    done = playbook("build", cwd=started)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    page = (started / "site/objections/too-expensive/index.html").read_text("utf-8")
    assert "https://code.example/team/src/live/strategy.yaml#L" in page
    own = (started / "site/about/index.html").read_text("utf-8")
    assert "https://code.example/team/src/live/playbook/about.md" in own


def test_a_failing_build_leaves_the_last_good_site_untouched(playbook: Run, started: Path) -> None:
    good = (started / "strategy.yaml").read_bytes()
    break_one_line(started)
    assert playbook("build", cwd=started).stdout.endswith("No site was built.\n")
    (started / "strategy.yaml").write_bytes(good)
    assert playbook("build", cwd=started).returncode == 0
    before = read_files(started / "site")
    break_one_line(started)
    done = playbook("build", cwd=started)
    assert done.returncode == 1
    assert '"primry" is not a priority we know' in done.stdout
    assert "Nothing was published; the live site is unchanged." in done.stdout
    assert read_files(started / "site") == before
    assert [path.name for path in started.iterdir() if path.name.startswith(".site")] == []


def test_a_broken_link_in_a_hand_written_page_stops_the_build(playbook: Run, started: Path) -> None:
    assert playbook("build", cwd=started).returncode == 0
    before = read_files(started / "site")
    (started / "playbook" / "page.md").write_text("# Page\n\n[gone](nowhere.md)\n", "utf-8")
    done = playbook("build", cwd=started)
    assert done.returncode == 1
    assert "nowhere.md" in done.stdout
    assert read_files(started / "site") == before


def test_a_faulty_template_of_the_company_stops_the_build_in_plain_words(
    playbook: Run, started: Path
) -> None:
    (started / "playbook" / "templates" / "market.html").write_text("{{ entry.nme }}", "utf-8")
    done = playbook("build", cwd=started)
    assert done.returncode == 1
    assert "playbook/templates/" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_template_of_the_company_stands_in_for_ours(playbook: Run, started: Path) -> None:
    (started / "playbook" / "templates" / "stage.html").write_text(
        "<h1>{{ title }}</h1><p>Our own look</p>", "utf-8"
    )
    assert playbook("build", cwd=started).returncode == 0
    assert "Our own look" in (started / "site/stages/understand/index.html").read_text("utf-8")


def test_a_hand_written_page_that_names_a_template_of_ours_is_laid_out_with_its_policy(
    playbook: Run, started: Path
) -> None:
    """Front matter may name any template of the theme, so also the one that our pages use."""
    (started / "playbook" / "advice.md").write_text(
        "---\ntemplate: ready.html\n---\n# Advice\n\nListen first.\n", "utf-8"
    )
    done = playbook("build", cwd=started)
    assert done.returncode == 0, done.stdout + done.stderr
    html = (started / "site/advice/index.html").read_text("utf-8")
    assert "Listen first." in html
    assert html.count('http-equiv="Content-Security-Policy"') == 1


def test_a_site_folder_that_holds_other_things_is_not_replaced(
    playbook: Run, started: Path
) -> None:
    (started / "site").mkdir()
    (started / "site" / "thesis.txt").write_text("ten years of work", "utf-8")
    done = playbook("build", cwd=started)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert (started / "site" / "thesis.txt").read_text("utf-8") == "ten years of work"


def test_the_playbooks_own_folder_is_never_the_site(playbook: Run, started: Path) -> None:
    done = playbook("build", "--site-dir", started, cwd=started)
    assert done.returncode == 2
    assert (started / "strategy.yaml").is_file()


def test_a_site_inside_another_is_refused(playbook: Run, started: Path) -> None:
    assert playbook("build", cwd=started).returncode == 0
    inside = playbook("build", "--site-dir", "site/partner", cwd=started)
    assert (inside.returncode, "inside another site" in inside.stderr) == (2, True)
    (started / "site/partner").mkdir()
    (started / "site/partner/entries.json").write_text("{}", "utf-8")
    assert playbook("build", cwd=started).returncode == 2


def test_a_faulty_template_in_place_of_one_of_the_themes_is_said(
    playbook: Run, started: Path
) -> None:
    (started / "playbook/templates/main.html").write_text(
        '{% extends "base.html" %}\n{% block %}', "utf-8"
    )
    done = playbook("build", cwd=started)
    assert done.returncode == 1, done.stderr
    assert "main.html, line 2" in done.stdout.replace("\n", " ")


def test_hand_written_pages_link_to_entries(playbook: Run, started: Path) -> None:
    page = started / "playbook" / "guides" / "first-week.md"
    page.parent.mkdir()
    page.write_text(
        "# First week\n\nRead [the price answer](entry:objections/too-expensive) and "
        "[our figure](entry:proof/response-times).\n",
        "utf-8",
    )
    assert playbook("build", cwd=started).returncode == 0
    html = (started / "site/guides/first-week/index.html").read_text("utf-8")
    assert 'href="../../objections/too-expensive/"' in html
    assert 'href="../../proof/#response-times"' in html


def test_a_hand_written_page_that_links_nowhere_is_told_with_its_line(
    playbook: Run, started: Path
) -> None:
    (started / "playbook" / "about.md").write_text(
        "# About\n\n[x](entry:objections/too-expensiv)\n", "utf-8"
    )
    done = playbook("check", cwd=started)
    assert done.returncode == 1
    assert "playbook/about.md, line 3" in done.stdout
    assert 'Did you mean "objections/too-expensive"' in done.stdout


def test_render_writes_the_pages_as_plain_files(
    playbook: Run, started: Path, tmp_path: Path
) -> None:
    own = started / "playbook/about.md"
    own.write_text("# About\n\n[Too dear](entry:objections/too-expensive)\n", "utf-8")
    done = playbook("render", tmp_path / "pages", cwd=started)
    assert done.returncode == 0
    page = (tmp_path / "pages/objections/too-expensive/index.md").read_text("utf-8")
    assert page.startswith('---\ntitle: "Your contract is too expensive."\n')
    assert "<h1>" in page
    assert (tmp_path / "pages/entries.json").is_file()
    assert "(objections/too-expensive/index.md)" in (tmp_path / "pages/about.md").read_text("utf-8")
    again = playbook("render", tmp_path / "pages", cwd=started)
    assert again.returncode == 2


def test_a_build_for_outsiders_holds_no_hand_written_page_that_is_not_for_them(
    playbook: Run, started: Path
) -> None:
    pages = started / "playbook"
    (pages / "secret.md").write_text("# Secret plans\n", "utf-8")
    (pages / "floor-prices.txt").write_text("1 EUR", "utf-8")
    (pages / "templates" / "board-deck.txt").write_text("for the board", "utf-8")
    config = started / "mkdocs.yml"
    where = (
        "\nrepo_url: https://git.example.com/sales/secret-place\nedit_uri: edit/main/playbook/\n"
    )
    config.write_text(config.read_text("utf-8") + where, "utf-8")
    (pages / "welcome.md").write_text("---\naudience: public\n---\n\n# Welcome\n", "utf-8")
    done = playbook("build", "--audience", "public", cwd=started)
    assert done.returncode == 0, done.stdout + done.stderr
    site = started / "site"
    assert (site / "welcome/index.html").is_file()
    assert not (site / "secret").exists()
    assert not (site / "floor-prices.txt").exists()
    everything = b"".join(read_files(site).values())
    for secret in (
        b"for the board",
        b"secret-place",
        b"nobody named",
        b"Secret plans",
        b"too expensive",
        b"Food producers",
        b"Half of all new machines",
        b"Single machines",
    ):
        assert secret not in everything


def test_files_that_only_a_page_for_leadership_shows_are_not_published_for_all(
    playbook: Run, started: Path
) -> None:
    pages = started / "playbook"
    (pages / "board.md").write_text(
        "---\naudience: leadership\n---\n\n# Board\n\n[deck](board.pdf)\n", "utf-8"
    )
    (pages / "guide.md").write_text("# Guide\n\n![](chart.png) See the board.\n", "utf-8")
    for name in ("board.pdf", "chart.png", "loose.txt"):
        (pages / name).write_text(name, "utf-8")
    assert playbook("build", cwd=started).returncode == 0
    assert {path.name for path in (started / "site").iterdir()} >= {
        "guide",
        "chart.png",
        "loose.txt",
    }
    assert not {path.name for path in (started / "site").iterdir()} & {"board", "board.pdf"}
    assert playbook("build", "--audience", "leadership", cwd=started).returncode == 0
    assert {path.name for path in (started / "site").iterdir()} >= {"board", "board.pdf"}


def test_a_navigation_of_the_companys_own_loses_what_a_reader_does_not_get(
    playbook: Run, started: Path
) -> None:
    (started / "playbook" / "board.md").write_text(
        "---\naudience: leadership\n---\n\n# Board\n", "utf-8"
    )
    config = started / "mkdocs.yml"
    nav = [
        "nav:",
        "  - index.md",
        "  - about.md",
        "  - Leadership:",
        "      - board.md",
        "      - Health: health/index.md",
        "  - Objections:",
        "      - objections/index.md",
        "      - Dear: objections/too-expensive/index.md",
    ]
    config.write_text(config.read_text("utf-8") + "\n" + "\n".join(nav) + "\n", "utf-8")
    for audience in ("leadership", "internal", "partner"):
        done = playbook("build", "--audience", audience, cwd=started)
        assert done.returncode == 0, done.stdout + done.stderr
        home = (started / "site" / "index.html").read_text("utf-8")
        assert ("board/" in home) == (audience == "leadership")


def test_drafts_are_shown_only_when_asked_for(playbook: Run, started: Path) -> None:
    assert playbook("new", "objections", "too-slow", cwd=started).returncode == 0
    assert playbook("build", cwd=started).returncode == 0
    assert not (started / "site/objections/too-slow").exists()
    assert playbook("build", "--drafts", cwd=started).returncode == 0
    assert "draft" in (started / "site/objections/too-slow/index.html").read_text("utf-8")


def test_as_of_decides_what_is_in_effect(playbook: Run, started: Path) -> None:
    file = started / "strategy.yaml"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace("says: Your contract", "effective_from: 2030-01-01\n    says: Your contract"),
        "utf-8",
    )
    assert playbook("build", "--as-of", "2029-12-31", cwd=started).returncode == 0
    assert not (started / "site/objections").exists()
    assert playbook("build", "--as-of", "2030-01-01", cwd=started).returncode == 0
    assert (started / "site/objections/too-expensive/index.html").is_file()


def test_mkdocs_yml_may_choose_the_audience_and_the_command_line_overrides_it(
    playbook: Run, started: Path
) -> None:
    config = started / "mkdocs.yml"
    text = config.read_text("utf-8")
    config.write_text(
        text.replace("  - playbook\n", "  - playbook:\n      audience: public\n"), "utf-8"
    )
    assert playbook("build", cwd=started).returncode == 0
    assert not (started / "site/objections").exists()
    assert playbook("build", "--audience", "internal", cwd=started).returncode == 0
    assert (started / "site/objections").exists()
    config.write_text(
        text.replace("  - playbook\n", "  - playbook:\n      as_of: tomorrow\n"), "utf-8"
    )
    assert playbook("build", cwd=started).returncode == 2


def test_folders_of_the_playbook_are_never_replaced_by_a_site(playbook: Run, started: Path) -> None:
    for name in ("playbook", "strategy"):
        (started / name / "404.html").write_text("gone", "utf-8")
        assert playbook("build", "--site-dir", started / name, cwd=started).returncode == 2
        assert (started / name / "404.html").is_file()
    held = started / "held"
    (held / ".git").mkdir(parents=True)
    (held / "404.html").write_text("x", "utf-8")
    assert playbook("build", "--site-dir", held, cwd=started).returncode == 2
    assert (held / ".git").is_dir()


def test_a_german_strategy_makes_a_site_that_is_german_all_through(
    playbook: Run, started: Path
) -> None:
    strategy = started / "strategy.yaml"
    strategy.write_text(
        strategy.read_text("utf-8").replace("  format: 2 ", "  language: de\n  format: 2 ", 1),
        "utf-8",
    )
    done = playbook("build", cwd=started)
    assert done.returncode == 0, done.stdout + done.stderr
    home = (started / "site/index.html").read_text("utf-8")
    assert '<html lang="de"' in home
    assert "Was brauchen Sie?" in home
    assert "Zum Inhalt" in home  # the theme's own words


@pytest.mark.parametrize(
    "setting", ["docs_dir: pages", 'docs_dir: "pages/inner/"  # ours', "docs_dir: docs"]
)
def test_pages_in_another_folder_are_read_as_everywhere(
    playbook: Run, started: Path, setting: str
) -> None:
    config = started / "mkdocs.yml"
    named = setting.split()[1].strip('"/')
    folder = started / named
    folder.mkdir(parents=True)
    (folder / "faq.md").write_text(
        "# Questions\n\n[Price](entry:objections/too-expensive)\n", "utf-8"
    )
    (folder / "board.md").write_text("---\naudience: leadership\n---\n# Board\n", "utf-8")
    config.write_text(config.read_text("utf-8").replace("docs_dir: playbook", setting), "utf-8")
    done = playbook("build", cwd=started)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    page = (started / "site/faq/index.html").read_text("utf-8")
    assert 'href="../objections/too-expensive/"' in page
    assert not (started / "site/board").exists()
    assert not (started / "site/about").exists()
    inside = playbook("build", "--site-dir", folder / "site", cwd=started)
    assert "belongs to the playbook itself" in inside.stderr
    (folder / "faq.md").write_text("# Questions\n\n[Gone](entry:objections/nobody-says)\n", "utf-8")
    assert f"{named}/faq.md, line 3" in playbook("check", cwd=started).stdout


@pytest.mark.parametrize("setting", ["docs_dir: strategy", "docs_dir: ../elsewhere"])
def test_a_folder_that_holds_something_else_is_no_folder_of_pages(
    playbook: Run, started: Path, setting: str
) -> None:
    (started.parent / "elsewhere").mkdir()
    config = started / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("docs_dir: playbook", setting), "utf-8")
    done = playbook("build", cwd=started)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "but the pages of a playbook are read from playbook/" in done.stderr
    assert not (started / "site").exists()
