"""Language as data: the words and tables that the engine knows, each fact once."""
