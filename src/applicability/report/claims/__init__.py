"""Which words of a document each rule claims."""
