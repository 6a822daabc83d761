"""What is written in the file, one kind of record in each module, and the state that follows from all of it."""
