"""What a program can tell from the file itself: dates in their order, contradictions, counts; never the echo of an answer."""
