"""Where text stands in what the APIs of OpenAI's shape take and give, one API a file."""
