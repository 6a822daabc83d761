"""Fixed sentences of the reports, in both languages. French follows the product's vocabulary."""
