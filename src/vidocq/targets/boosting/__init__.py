"""Boosted trees of XGBoost and LightGBM, from the files that these libraries write."""
