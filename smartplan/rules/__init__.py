"""What is asked of a plan; it speaks no language, knows no screen, touches no disk."""
