"""Linear models of scikit-learn whose references are trained many at once."""
