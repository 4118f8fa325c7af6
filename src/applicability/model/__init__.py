"""What the words mean: verdicts, conditions, places, sectors, rulebooks. Standard library only."""
