"""Which rule claims which words of a document."""
