"""`applicability schema`: JSON Schemas of inputs and outputs."""

from __future__ import annotations

import json
from typing import cast, get_args

import click

from applicability import api
from applicability.cli import options as shared
from applicability.cli.command import Command
from applicability.cli.output import emit
from applicability.loading.schema import RuleKind, rule_schema
from applicability.report.schema import KINDS, SchemaKind, schema


@click.command(
    "schema",
    cls=Command,
    zh="输出档案、某种结果或某种规则文件的 JSON Schema，所用词语以规则库为准。",
)
@click.argument("kind", type=click.Choice([*KINDS, *get_args(RuleKind)]))
@shared.silent_lang_option
@shared.rules_option
@shared.output_option
def command(kind: SchemaKind | RuleKind, rules: str | None, output: str | None) -> None:
    """Print the JSON Schema of a profile, of a result, or of one kind of rule file, in the rulebook's own words.

    \b
    applicability schema profile -o profile.schema.json
    applicability schema measures -o measures.schema.json
    """
    rulebook = api.load_rulebook(rules)
    if kind in KINDS:
        made = schema(kind, rulebook)
    else:
        made = rule_schema(cast(RuleKind, kind), rulebook, schema("profile", rulebook))
    emit(json.dumps(made, ensure_ascii=False, indent=2) + "\n", output)
