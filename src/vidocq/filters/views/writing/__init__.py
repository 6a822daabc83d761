"""Letters of other alphabets, markup, and characters set apart, as plain text."""
