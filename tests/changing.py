"""Two small plans made of text, and what changed between them, for tests of what shows changes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from smartplan.compare.differ import compare
from smartplan.compare.selection import Wanted, select
from smartplan.text.document import Document
from smartplan.text.source import Source

if TYPE_CHECKING:
    from smartplan.compare.differ import Difference
    from smartplan.compare.selection import Selection

SIDES = ("main", "folder kerja")

BEFORE = """\
format: 1
plan:
  id: uji-2024
  title: Masterplan Kota Uji
  stage: adopted
  version: "1.2.0"
  period: {start: 2024, end: 2028}
  city: {name: Kota Uji}
vision: {id: V-1, text: Kota yang nyaman bagi semua warga}
agencies:
  - {id: dinkominfo, name: Dinas Komunikasi dan Informatika, short: Kominfo}
  - {id: dishub, name: Dinas Perhubungan}
legal_basis:
  - {id: PERWALI-12, kind: perkada, title: Peraturan Wali Kota Uji Nomor 12 Tahun 2024}
baselines:
  - {name: v1.0, date: 2024-03-05, act: PERWALI-12, digest: "1", items: {}}
actions:
  - id: GOV-01
    title: Layanan satu pintu
    summary: Warga mengurus semua izin di satu pintu dan mendapat jawaban dalam tiga hari kerja.
    dimension: governance
    owner: dinkominfo
    years: 2024-2026
    budget: {2024: 500 juta, 2025: 400 juta, 2026: {apbd: 300 juta}}
    indicators:
      - {id: GOV-01-I1, title: Izin daring, unit: izin, direction: up,
         targets: {2025: 10, 2026: 20}}
    status: planned
  - {id: LIV-01, title: Halte pintar, dimension: living, owner: dishub, years: 2025,
     budget: {2025: 800 juta}}
  - {id: ECO-01, title: Pasar daring, dimension: economy, years: 2027, budget: {2027: 1 miliar},
     depends_on: [GOV-01]}
"""
AFTER = (
    BEFORE.replace("2026: {apbd: 300 juta}", "2026: {apbd: 1,2 miliar}")
    .replace("{apbd: 1,2 miliar}", '{apbd: "1,2 miliar"}')
    .replace("2026: 20}", "2026: 15}")
    .replace("tiga hari kerja", "lima hari kalender")
    .replace("status: planned", "status: running")
    .replace(
        "  - {id: LIV-01, title: Halte pintar, dimension: living, owner: dishub, years: 2025,\n"
        "     budget: {2025: 800 juta}}\n",
        "",
    )
    + "  - {id: SOC-01, title: Kelas digital, dimension: society, owner: dinkominfo, years: 2028,\n"
    "     budget: {2028: null}}\n"
)
"""A budget raised, a target weakened, a text reworded, a status forward, one action less, one more
whose amount is not known."""


def difference(before: str = BEFORE, after: str = AFTER, *, whole: bool = True) -> Difference:
    """Compare two texts as two states of one file."""
    old, new = (Document.read(Source("plan.yaml", one)) for one in (before, after))
    return compare([old], [new], roots=("plan.yaml", "plan.yaml"), whole=whole)


def selection(found: Difference, wanted: Wanted | None = None) -> Selection:
    """Choose what to show; what is shown by default, if nothing is asked for."""
    return select(found, wanted or Wanted())


def hostile(text: str) -> tuple[str, str]:
    """Give two plans in which every text is hostile: titles, values before and after, names."""
    said = json.dumps(text, ensure_ascii=False)
    again = json.dumps(f"{text} lain lain lain lain", ensure_ascii=False)
    plan = f"""\
plan:
  id: x
  title: {said}
  stage: adopted
  version: {said}
  city: {{name: {said}}}
agencies: [{{id: dinas, name: {said}, short: {said}}}]
baselines: [{{name: {said}, date: 2024-03-05, ref: {said}, items: {{}}}}]
actions:
  - id: GOV-01
    title: {said}
    summary: TEXT
    dimension: {said}
    owner: dinas
    budget: {{2026: AMOUNT, {said}: 3 juta}}
    indicators: [{{id: GOV-01-I1, title: {said}, unit: {said}, direction: up, targets: {{2026: TARGET}}}}]
"""  # noqa: E501  # one line of the plan
    old = plan.replace("TEXT", said).replace("AMOUNT", "1 juta").replace("TARGET", "9")
    new = plan.replace("TEXT", again).replace("AMOUNT", "900 juta").replace("TARGET", "7")
    gone = f"  - {{id: GOV-02, title: {said}, dimension: governance, owner: dinas}}\n"
    came = f"  - {{id: GOV-03, title: {again}, status_reason: {said}}}\n"
    return old + gone, new + came
