"""Output of a screening: results, rejects, notes, workbook, summary."""
