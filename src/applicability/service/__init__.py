"""What the page, the HTTP interface and the tools for assistants share: the answers of one loaded rulebook."""
