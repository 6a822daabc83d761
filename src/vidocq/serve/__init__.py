"""The guard as a proxy in front of a model's API: nothing passes that was not looked through."""
