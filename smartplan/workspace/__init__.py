"""The outside world: finds plans on disk, reads their files, writes what commands made."""
