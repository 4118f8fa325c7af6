"""Sources of companies: CSV, JSON Lines, Parquet, workbooks and databases."""
