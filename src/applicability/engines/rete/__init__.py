"""Forward chaining: the rulebook as rule sets, and the cage around durable_rules."""
