"""What follows from the domain: classes of values, questions, minimal changes, differences. Standard library only."""
