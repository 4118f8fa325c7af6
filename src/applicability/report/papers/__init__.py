"""What papers hold, kind by kind: a whole case, changes, a comparison, a register."""
