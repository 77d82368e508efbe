"""What the world says to the house, and what the house can do outward. No rule, no member, no screen."""
