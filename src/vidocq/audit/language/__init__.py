"""Language models: what is collected from them, and how it is put to them."""
