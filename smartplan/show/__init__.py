"""Findings on a screen and for machines; it judges nothing and writes no file."""
