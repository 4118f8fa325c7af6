"""What a screening writes: results, rejects, notes, workbook, summary."""
