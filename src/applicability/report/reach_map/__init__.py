"""Where each measure can apply, and to whom."""
