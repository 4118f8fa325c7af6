"""`python -m applicability.cli`, for when the script is not on the path."""

from applicability.cli import main

if __name__ == "__main__":
    main()
