"""Who is in the population, who trains which reference model, and who was drawn before training."""
