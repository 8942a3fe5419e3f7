"""The commands: each loads, calls one function of a lower floor, shows, and exits."""
