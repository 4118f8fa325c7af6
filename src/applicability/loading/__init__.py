"""From files to the model: strict YAML with line numbers, the shapes of the files, and the checks on them."""
