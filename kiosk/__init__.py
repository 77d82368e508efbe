"""What the house remembers, decides and shows."""
