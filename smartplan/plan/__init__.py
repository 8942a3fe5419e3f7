"""What a masterplan is: values, entities, the plan; it knows no rule, no language, no screen."""
