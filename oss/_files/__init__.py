"""Files of a call on this machine: which names are one file, and who may write to it."""
