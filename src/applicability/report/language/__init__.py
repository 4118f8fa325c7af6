"""Every sentence and label, in both languages."""
