"""A city's own Markdown templates overlay the shipped ones by id, from lint to the recorded paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.shipped import shipped

from .scenario import a_workspace, git, run

OVERVIEW = "procedures/overview"


def _own(city: Path, text: str, name: str = OVERVIEW) -> Path:
    path = city / f"templates/{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return a_workspace(tmp_path / "city", tiny=False)


def test_a_shipped_paper_is_overlaid_by_id_and_recorded_with_its_template(city: Path) -> None:
    text = (shipped("templates") / f"{OVERVIEW}.md").read_text(encoding="utf-8")
    _own(
        city,
        text.replace("対象システムなし", "本市に対象システムはない").replace(
            "title: 移行の", "title: 本市の"
        ),
    )
    assert run("template", "lint", folder=city).code == 0
    assert run("generate", OVERVIEW, "--reason", "本市の様式に合わせる", folder=city).code == 0
    twin = (city / f"documents/{OVERVIEW}.txt").read_text(encoding="utf-8")
    assert twin.startswith("本市の全体の一覧")
    assert "本市の全体の一覧" in (city / f"documents/{OVERVIEW}.html").read_text(encoding="utf-8")
    assert f"templates/{OVERVIEW}.md" in git(city, "ls-files").splitlines()


def test_an_unknown_name_stops_the_paper_at_its_file_line_and_column(city: Path) -> None:
    _own(city, "# 一覧\n\n{% for row in systems %}\n- {{ row.name }} {{ row.nmae }}\n{% endfor %}\n")
    done = run("generate", OVERVIEW, folder=city)
    assert done.code == 1 and f"templates/{OVERVIEW}.md:4:21" in done.err
    assert "{{ row.nmae }}: 「nmae」という名前はありません" in done.err
    assert not (city / f"documents/{OVERVIEW}.txt").exists()


def test_a_part_is_included_where_its_condition_holds(city: Path) -> None:
    _own(city, '文\n\n{% include "clauses/part.md" %}\n\n{% include "clauses/other.md" %}\n')
    for name, when in (("part", "{has_systems: true}"), ("other", "{has_systems: false}")):
        _own(city, f"部品{name}\n", f"clauses/{name}").with_suffix(".yaml").write_text(
            f"title: 部品\nkind: clause\nwhen: {when}\n", encoding="utf-8"
        )
    assert run("template", "lint", folder=city).code == 0
    assert run("generate", OVERVIEW, folder=city).code == 0
    twin = (city / f"documents/{OVERVIEW}.txt").read_text(encoding="utf-8")
    assert "部品part" in twin and "部品other" not in twin


def test_loops_that_would_never_end_stop_in_words(city: Path) -> None:
    names = [f"a{n}" for n in range(12)]
    loops = "".join(f"{{% for {name} in city_steps %}}" for name in names) + "{% endfor %}" * len(names)
    _own(city, f"文{loops}\n")
    done = run("generate", OVERVIEW, folder=city)
    assert done.code == 1 and "繰り返しと条件が多すぎます" in done.err and f"{OVERVIEW}.md:1:" in done.err
