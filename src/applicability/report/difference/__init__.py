"""What two rulebooks decide differently."""
