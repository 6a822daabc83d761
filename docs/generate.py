"""`make docs`: writes what follows from the code and from stored results; `--check` only says what is stale.

Generated files are whole: pages of docs/, and figures that the package carries; hand-written pages hold blocks between `<!-- generated:NAME -->` and
`<!-- /generated -->`. No figure is typed by hand, and nothing here reads a clock.
"""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from vidocq.core.text import Lang

from generation.assessment_json import assessment_json_page
from generation.attacks import attacks_page
from generation.audit_json import audit_json_page
from generation.commands import cli_page
from generation.configuration import configuration_page
from generation.demo import demo_block
from generation.detect import detect_block, detect_page
from generation.detect_measured import measured_json
from generation.guard import guard_block, prompts_block
from generation.guard_unseen import contexts_block, unseen_block
from generation.hospital import hospital_blocks
from generation.indices import indices_page
from generation.language import language_block
from generation.ledger import ledger_block
from generation.markdown import filled
from generation.peers import peers_block, peers_page
from generation.points import points_page
from generation.policy import policy_page
from generation.rule_numbers import rule_numbers, rule_power
from generation.rules import rules_page
from generation.scan_example import example_block
from generation.scan_json import scan_json_page
from generation.simulation import simulation_block, simulation_page

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    "docs/assessment-json.md": assessment_json_page,
    "docs/attacks.md": attacks_page,
    "docs/audit-json.md": audit_json_page,
    "docs/cli.md": cli_page,
    "docs/configuration.md": configuration_page,
    "docs/detect.md": detect_page,
    "docs/guard-policy.md": policy_page,
    "docs/indices.md": indices_page,
    "docs/peers.md": peers_page,
    "docs/rules.md": rules_page,
    "docs/points.md": points_page,
    "docs/scan-json.md": scan_json_page,
    "docs/simulation.md": simulation_page,
    "src/vidocq/detect/measured.json": measured_json,
}


def _of_rule(lang: Lang) -> dict[str, str]:
    return {"rule-numbers": rule_numbers(lang), "rule-power": rule_power(lang)}


def _of_results(lang: Lang) -> dict[str, str]:
    return {
        "demo": demo_block(lang),
        "scan": example_block(lang),
        "simulation": simulation_block(lang),
        "peers": peers_block(lang),
        "detect": detect_block(lang),
    }


def expected() -> dict[Path, str]:
    """Every file that is generated, in whole or in part, with what it should hold."""
    with_blocks: Mapping[str, Mapping[str, str]] = {
        "README.md": _of_results(Lang.en),
        "README.fr.md": _of_results(Lang.fr),
        "docs/dossier.md": hospital_blocks(),
        "docs/guard.md": {
            "guard": guard_block(),
            "unseen": unseen_block(),
            "contexts": contexts_block(),
            "prompts": prompts_block(),
        },
        "docs/language.md": {"language": language_block()},
        "docs/ledger.md": {"ledger": ledger_block()},
        "docs/verdict.md": _of_rule(Lang.en),
        "docs/verdict.fr.md": _of_rule(Lang.fr),
    }
    found = {ROOT / name: write() for name, write in PAGES.items()}
    for name, blocks in with_blocks.items():
        found[ROOT / name] = filled((ROOT / name).read_text(encoding="utf-8"), blocks)
    return found


def stale() -> list[Path]:
    """Files that do not hold what they should."""
    return [
        path for path, text in expected().items() if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a file is stale")
    given = parser.parse_args()
    if given.check:
        found = stale()
        for path in found:
            print(f"stale: {path.relative_to(ROOT)}")
        if found:
            print("run `make docs`")
        return 1 if found else 0
    for path, text in expected().items():
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
