"""Figures: what follows from a plan. Pure functions without language, disk or clock."""
