"""Work over processes: order kept, progress shown, stopped and resumed to the same bytes."""
