"""Forward chaining: the rulebook as rules that fire, and the cages around durable_rules and CLIPS."""
