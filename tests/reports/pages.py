"""Reports of small plans, and what a browser or a git host would make of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from samples import plan_of

from smartplan.reports import press
from smartplan.reports.all_reports import REPORTS
from smartplan.words.speaker import Speaker

if TYPE_CHECKING:
    from markdown_it.token import Token

    from smartplan.plan.plan import Plan

BY_NAME = {one.name: one for one in REPORTS}
VOID = {"meta", "col", "br", "link", "img", "input", "hr"}

EVERYTHING = """\
plan:
  id: contoh
  title: {text}
  stage: final
  version: {text}
  period: {{start: 2024, end: 2026}}
  city: {{code: {text}, name: {text}, kind: kota, province: {text}}}
  replaces: {text}
  note: {text}
  ceilings: {{2024: 1 miliar}}
  declared: {{total: 9 miliar}}
  provenance: {{status: derived, sources: [S-1], note: {text}}}
vision:
  id: V-1
  text: {text}
  explanation: {text}
  wordings: [{{id: V-1b, text: {text}, provenance: {{status: reported, note: {text}}}}}]
  aligned_with: [{{document: DOC-1, element: visi, note: {text}}}]
missions:
  - id: M-1
    text: {text}
    dimensions: [governance]
    aligned_with: [{{document: DOC-1, element: visi, note: {text}}}]
goals:
  - {{id: G-1, text: {text}, element: governance.service, missions: [M-1], indicators: [IND-1]}}
strategies:
  - {{id: STR-1, text: {text}, goals: [G-1]}}
indicators:
  - {{id: IND-1, title: {text}, unit: {text}, source: {text}, formula: {text},
     direction: up, type: outcome, series: yearly,
     owner: dinas, baseline: {{2023: "1"}}, targets: {{2024: "2"}}}}
actions:
  - id: GOV-01
    title: {text}
    summary: {text}
    kind: application
    dimension: governance
    also: [society]
    elements: [governance.service]
    owner: dinas
    support: [badan]
    partners: [bank]
    years: [2024, 2026]
    places: {{level: kecamatan, names: [{text}]}}
    codes: ["2.16.03.2.02.0009"]
    budget:
      2024: {{apbd: 700 juta, csr: {{unit_cost: 1 juta, unit: {text}, volume: 50, note: {text}}}}}
    non_budget: {{2026: {text}}}
    declared: {{total: 800 juta}}
    status: stopped
    status_reason: {text}
    status_date: 2025-02  # noqa: E501  # one sentence
    origin: {{document: DOC-1, element: {text}}}
    depends_on: [GOV-02]
    indicators:
      - {{id: GOV-01-I1, title: {text}, unit: {text}, baseline: {{2023: 4}}, targets: {{2026: 9}}}}
    quick_win:
      state: selected
      name: {text}
      start: 2024-03
      months: 9
      criteria: {{formulation: {text}, appeal: {text}, continuity: {text}}}
      risks: [R-1]
  - {{id: GOV-02, title: {text}, kind: people, dimension: governance, years: 2025}}
risks:
  - {{id: R-1, text: {text}, mitigation: {text}, likelihood: high, impact: low, owner: dinas}}
roadmap:
  text: {text}
  horizons:
    - {{id: short, title: {text}, years: 2024, text: {text}}}
    - {{id: medium, title: {text}, years: 2025-2026}}
readings:
  - {{indicator: GOV-01-I1, period: 2024-Q4, value: 7}}
agencies:
  - {{id: dinas, name: {text}, short: {text}}}
  - {{id: badan, name: {text}}}
partners:
  - {{id: bank, name: {text}, kind: bank, role: {text}}}
institutions:
  - id: dewan
    name: {text}
    kind: council
    chair: {text}
    members: [{text}, {text}]
    decree: SK-1
    meetings: [{{date: 2024-10-23, topic: {text}, participants: 30}}]
legal_basis:
  - {{id: SK-1, kind: keputusan, number: {text}, year: 2024, title: {text}, state: in-force}}
alignment:
  - id: DOC-1
    kind: rpjmd
    title: {text}
    period: {{start: 2018, end: 2023}}
    summary: {text}
    elements: [{{id: visi, kind: vision, text: {text}}}]
readiness:
  - {{id: RD-1, axis: structure, aspect: people, text: {text}, level: poor}}
swot:
  - {{id: W-1, kind: weakness, text: {text}}}
gaps:  # noqa: E501  # one sentence
  - {{id: GAP-1, element: governance.service, current: {text}, ideal: {text}, text: {text}}}
inventory:
  - {{id: INV-1, name: {text}, kind: application, owner: dinas, since: 2016, state: active,
     summary: {text}}}
facts:
  - {{id: F-1, about: city.area, label: {text}, value: {text}, unit: {text}}}
  - {{id: F-2, about: city.area, label: {text}, value: "2", unit: {text}}}
events:
  - {{id: EV-1, date: 2023-07-03, title: {text}, text: {text}}}
stages:
  - {{id: BT-1, number: 1, title: {text}, date: 2023-07-03, state: held, place: {text},
     participants: [{text}], topics: [{text}], deliverables: [{text}]}}
participation:
  - {{id: P-1, date: 2023-07-31, title: {text}, groups: [{text}], participants: 80, result: {text},
     form: forum, agencies: [badan], partners: [bank], villages: [{text}], subject: [{text}]}}
evaluations:
  - id: EVAL-2024-II
    year: 2024
    stage: II
    document: S-1
    profile: kominfo-2017-2019
    items:
      - {{path: output.policy.2.1, score: 2, evidence: S-1, owner: dinas, note: {text}}}
      - {{path: output.institution.2.1}}
      - {{path: {text}, score: 3, note: {text}}}
    declared: {{parts: {{output: 2}}, total: "3,10"}}
    strengths: [{text}]
    findings:
      - {{id: T-1, text: {text}, recommendation: {text}, actions: [GOV-01], decision: {text}}}
  - {{id: EVAL-2024-I, year: 2024, stage: I, absent: true}}
crosswalk:
  - {{item: GOV-01, scheme: sdg, version: {text}, code: "16.6", degree: direct, note: {text}}}
  - {{item: G-1, scheme: spbe, code: RAL.02, degree: supporting}}
books:
  - {{id: B-1, number: {text}, title: {text}, contents: [{text}]}}
sources:
  - {{id: S-1, kind: news, title: {text}, publisher: {text}, author: {text}, date: 2023-08-01,
     url: "https://example.org/a", file: {text}}}
"""
"""A plan with one of everything; every free text is `{text}`."""


def everything(text: str) -> str:
    """Give a plan in which every free text is this one."""
    return EVERYTHING.format(text=json.dumps(text, ensure_ascii=False))


def numbered() -> str:
    """Give a plan in which every free text is another: `Teks 1.`, `Teks 2.`, …."""
    parts = EVERYTHING.split("{text}")
    texts = (f'"Teks {number}."' for number in range(1, len(parts)))
    filled = "".join(part + text for part, text in zip(parts, texts, strict=False)) + parts[-1]
    return filled.replace("{{", "{").replace("}}", "}")


def page(text: str | Plan, report: str, form: str, language: str = "id", banner: str = "") -> str:
    """Render a report of a plan."""
    plan = plan_of(text) if isinstance(text, str) else text
    return press.render(plan, BY_NAME[report], form, Speaker(language), banner=banner)


@dataclass
class Page(HTMLParser):
    """What a browser makes of a page: its elements in order, with the text inside each.

    Attributes:
        tags: every start tag with the names of its attributes.
        values: attributes by name, in order.
        said: the text of the page.
    """

    source: str
    tags: list[tuple[str, ...]] = field(default_factory=list)
    values: list[tuple[str, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Parse the page and see that every element is closed."""
        super().__init__()
        self.feed(self.source)
        self.close()
        assert [] == self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append((tag, *sorted(name for name, _ in attrs)))
        self.values += [(name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element; only the innermost may be closed."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note text outside of style sheets."""
        if self.open and self.open[-1] != "style":
            self.said.append(data)

    @property
    def text(self) -> str:
        """The text of the page in one line."""
        return " ".join("".join(self.said).split())

    def all(self, name: str) -> list[str]:
        """Give every value of an attribute."""
        return [value for key, value in self.values if key == name]


def tokens(markdown: str) -> list[Token]:
    """Give what a git host makes of Markdown: blocks, and what stands in their lines."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return [inner for token in parser.parse(markdown) for inner in [token, *(token.children or ())]]


def markdown_text(markdown: str) -> str:
    """Give the text that a reader of Markdown sees, in one line, without word joiners."""
    said = (one.content for one in tokens(markdown) if one.type in ("text", "text_special"))
    return " ".join("".join(said).replace("\u2060", "").split())
