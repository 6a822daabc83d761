"""The rule of the verdict, on figures alone: VERDICT's lines as evidence, reasons and ruling."""
