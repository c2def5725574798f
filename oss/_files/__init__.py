"""The files of a call on this machine: which are one, and who may write them."""
