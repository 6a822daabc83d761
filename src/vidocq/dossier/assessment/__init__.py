"""Points, facts, evidence and answers become states, with their reasons, and what to do next."""
