"""Tools for assistants, by the Model Context Protocol: over standard streams, or beside the HTTP interface."""
