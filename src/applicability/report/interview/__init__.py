"""What an interview says, and the profile template."""
