"""What several reports share: lines of a terminal, pages, pictures, and the colours of the verdicts."""
