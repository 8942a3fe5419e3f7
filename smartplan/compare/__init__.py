"""Two plans and three plans set side by side: what changed, what it means, how edits join."""
