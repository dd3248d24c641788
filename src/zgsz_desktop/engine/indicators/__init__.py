"""What a questionnaire is: definition, loader, checks. Knows no answers and no database."""
