"""Reports: the plan on paper, as Markdown and as HTML. They never judge and know no rule."""
