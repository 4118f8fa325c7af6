"""Forward chaining: the rulebook as rule sets, run by durable_rules within its known limits."""
