"""`applicability schema`: the JSON Schema of what goes in and what comes out."""

from __future__ import annotations

import json

import click

from applicability import api
from applicability.cli import command as shared
from applicability.cli.output import emit
from applicability.report.schema import Kind, schema


@click.command("schema", cls=shared.Command, short_help="Print a JSON Schema.")
@click.argument("kind", type=click.Choice(["profile", "assessment"]))
@shared.rules_option
@shared.output_option
def command(kind: Kind, rules: str | None, output: str | None) -> None:
    """Print the JSON Schema of a profile, made from the rulebook's facts, or of an assessment.

    \b
    applicability schema profile -o profile.schema.json
    """
    made = schema(kind, api.load_rulebook(rules))
    emit(json.dumps(made, ensure_ascii=False, indent=2) + "\n", output)
