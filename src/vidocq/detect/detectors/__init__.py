"""One detector a file; `detect/catalogue.py` lists them."""
