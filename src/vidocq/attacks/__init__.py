"""One membership attack per file, and a catalogue."""
