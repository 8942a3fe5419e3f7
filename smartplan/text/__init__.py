"""What a file says, and where: sources, spans, documents, findings; it knows no plan."""
