"""What a name looks like: words known, runs of capitalised words, weights of what stands around them."""
