"""What ``./run`` does once its environment is there: start, watch and stop a whole Verifier. Standard library only."""
