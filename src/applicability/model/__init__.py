"""The domain model: verdicts, conditions, places, sectors, rulebooks. Standard library only."""
