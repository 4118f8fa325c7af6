"""Where companies come from: CSV, JSON Lines, Parquet, workbooks and databases."""
