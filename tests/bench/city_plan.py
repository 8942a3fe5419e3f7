"""Makes large plans as a city would write them: every field of an action in use, nothing wrong.

    python tests/bench/city_plan.py FOLDER ACTIONS [split|dim]

The same arguments give the same bytes. An action is about 2.3 KB in 70 lines; `split` puts each
into a file of its own, `dim` all of a dimension into one.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

SIX = {
    "governance": ("service", "bureaucracy", "policy"),
    "branding": ("tourism", "business", "appearance"),
    "economy": ("industry", "welfare", "transaction"),
    "living": ("harmony", "health", "mobility"),
    "society": ("community", "learning", "security"),
    "environment": ("protection", "waste", "energy"),
}
PREFIX = {name: name[:3].upper() for name in SIX}
KINDS = ("application", "people", "infrastructure", "literacy", "programme", "policy")
TEXT = """
layanan warga kelurahan pasar puskesmas sekolah sungai jalan angkutan sampah air listrik taman
data peta loket antrean aduan izin pajak pelatihan guru kader perajin petani pedagang wisata
festival kampung terminal trotoar lampu kamera sensor jaringan peladen aplikasi dasbor arsip
laporan survei forum posko relawan bencana banjir kualitas udara pohon kompos energi surya
koperasi modal tabungan nontunai lansia pemuda perempuan difabel keluarga gizi imunisasi
ambulans rujukan apotek perpustakaan literasi keamanan ronda damkar hidran drainase embung
"""
WORDS = TEXT.split()
JUTA = 1_000_000
HEADER = """\
# Rencana buatan untuk pengukuran; bukan milik kota mana pun.
format: 1
plan:
  id: besar-2024
  title: Masterplan Smart City Kota Besar 2024–2028
  language: id
  stage: bimtek-2
  version: "1.0.0"
  period: {start: 2024, end: 2028}
  taxonomy: kominfo-2021
  codes: kepmendagri-900
  city: {name: Kota Besar, kind: kota}
"""
DIRECTION = """\
vision:
  id: V-1
  text: Kota besar yang melayani dengan data
  aligned_with: [{document: rpjmd, element: visi}]
missions:
  - {id: M-1, text: Layanan yang dekat, dimensions: [governance, society]}
  - {id: M-2, text: Ekonomi yang tumbuh, dimensions: [economy, branding]}
  - {id: M-3, text: Lingkungan yang sehat, dimensions: [living, environment]}
alignment:
  - id: rpjmd
    kind: rpjmd
    title: RPJMD Kota Besar
    period: {start: 2024, end: 2029}
    elements:
      - {id: visi, kind: vision, text: Kota besar}
      - {id: misi-1, kind: mission, text: Layani}
gaps:
  - {id: GAP-1, current: Antrean panjang, ideal: Tanpa antrean, text: Dua jam terbuang}
"""
GOAL = """\
  - id: {id}
    text: Warga merasakan {element} yang lebih baik
    element: {dimension}.{element}
    missions: [M-1, M-2, M-3]
    indicators: [IND-{id}]
    grounds: [GAP-1]
"""
STRATEGY = """\
  - {{id: {id}S, text: Mulai dari yang sudah dikenal warga, goals: [{id}], grounds: [GAP-1]}}
"""
INDICATOR = """\
  - id: IND-{id}
    title: Warga yang puas dengan {element}
    unit: "%"
    type: outcome
    direction: up
    series: yearly
    owner: opd-1
    source: Register layanan
    baseline: {{2023: 40}}
    targets: {{2024: 45, 2026: 55, 2028: 70}}
"""
ACTION = """\
  # Disusun bersama {owner} pada Bimtek III.
  - id: {id}
    title: {title} {id}
    summary: >-
      {summary}
    kind: {kind}
    dimension: {dimension}
    also: [{also}]
    elements: [{dimension}.{element}]
    missions: [M-1, M-3]
    goals: [{goal}]
    strategies: [{goal}S]
    owner: {owner}
    support: [{support}]
    partners: [kampus]
    years: {start}-2028
    places: {{level: kecamatan, names: [Kecamatan {place}]}}
    codes: ["2.16.03.2.02.0009"]
    budget:
      {start}: {{apbd: Rp {first}, csr: Rp {second}}}
      # Setelah tahun pertama tinggal pemeliharaan.
{later}
    declared: {{total: Rp {total}}}
    indicators:
      - id: {id}-I1
        title: {unit} yang terlayani
        unit: {unit}
        type: output
        direction: up
        series: cumulative
        owner: {owner}
        source: Register {owner}
        baseline: {{2023: {base}}}
        targets: {{{start}: {t1}, 2027: {t2}, 2028: {t3}}}
      - id: {id}-I2
        title: Waktu tunggu
        unit: hari
        type: outcome
        direction: down
        series: yearly
        owner: {owner}
        source: Survei tahunan dengan wawancara pada November {year}, n = {sample}
        baseline: {{2023: "{b2},5"}}
        targets: {{{start}: "{b2},0", 2028: "{b3},5"}}
    origin: {{document: rpjmd, element: misi-1}}
    status: planned
    note: >-
      {note}
    provenance: {{status: illustrative}}
"""


def dotted(rupiah: int) -> str:
    """Write an amount with its thousands parted."""
    return f"{rupiah:,}".replace(",", ".")


def words(chance: random.Random, number: int) -> str:
    """Give so many words, wrapped as in a plan."""
    chosen = chance.choices(WORDS, k=number)
    chosen[0] = chosen[0].capitalize()
    lines = [" ".join(chosen[at : at + 11]) for at in range(0, number, 11)]
    return "\n      ".join(lines) + "."


def action(number: int, agencies: int) -> tuple[str, str, str]:
    """Write an action; give its dimension, its id, its text."""
    chance = random.Random(number)  # noqa: S311  # the same plan in every run
    dimension = list(SIX)[number % 6]
    element = SIX[dimension][number // 6 % 3]
    prefix = PREFIX[dimension]
    identity = f"{prefix}-{number:05d}"
    start = chance.choice((2024, 2025, 2026))
    odd = number * 10  # no two actions cost the same
    first, second = chance.randint(20, 900) * JUTA + odd, chance.randint(5, 90) * JUTA + odd
    yearly = {year: chance.randint(20, 300) * JUTA + odd for year in range(start + 1, 2029)}
    base = chance.randint(2, 40)
    owner = number // 10 % agencies + 1
    text = ACTION.format(
        id=identity,
        title=" ".join(chance.choices(WORDS, k=3)).capitalize(),
        summary=words(chance, 36),
        kind=KINDS[number // 18 % 6],
        dimension=dimension,
        also=list(SIX)[(number + 1) % 6],
        element=element,
        goal=f"{prefix}-{element}",
        owner=f"opd-{owner}",
        support=f"opd-{owner % agencies + 1}",
        start=start,
        place=chance.choice(("Utara", "Selatan", "Barat", "Timur")),
        first=dotted(first),
        second=dotted(second),
        later="\n".join(f"      {year}: Rp {dotted(cost)}" for year, cost in yearly.items()),
        total=dotted(first + second + sum(yearly.values())),
        unit=chance.choice(("layanan", "kelurahan", "sekolah", "unit usaha", "puskesmas")),
        base=base,
        t1=base + 3,
        t2=base + 11,
        t3=base + 25,
        year=2023,
        sample=chance.randint(100, 900),
        b2=chance.randint(9, 14),
        b3=chance.randint(1, 6),
        note=words(chance, 22),
    )
    return dimension, identity, text


def files(actions: int, layout: str) -> dict[str, str]:
    """Give the files of a plan with so many actions, by path.

    Args:
        actions: how many.
        layout: `split` or `dim`.
    """
    agencies = max(actions // 10, 4)
    opd = (f"  - {{id: opd-{n}, name: Dinas ke-{n}}}\n" for n in range(1, agencies + 1))
    goals = [
        (f"{PREFIX[dimension]}-{element}", dimension, element)
        for dimension, elements in SIX.items()
        for element in elements
    ]
    found = {
        "plan.yaml": HEADER,
        "direction.yaml": DIRECTION,
        "agencies.yaml": "agencies:\n" + "".join(opd),
        "partners.yaml": "partners:\n  - {id: kampus, name: Universitas Besar, kind: university}\n",
        "goals.yaml": "goals:\n"
        + "".join(GOAL.format(id=i, dimension=d, element=e) for i, d, e in goals)
        + "strategies:\n"
        + "".join(STRATEGY.format(id=i) for i, _, _ in goals)
        + "indicators:\n"
        + "".join(INDICATOR.format(id=i, element=e) for i, _, e in goals),
    }
    for number in range(actions):
        dimension, identity, text = action(number, agencies)
        name = identity if layout == "split" else dimension
        path = f"actions/{name}.yaml"
        found[path] = found.get(path, "actions:\n") + text
    return found


def write(folder: Path, actions: int, layout: str = "split") -> Path:
    """Write a plan into a folder, and give the folder."""
    for path, text in files(actions, layout).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return folder


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:4])
