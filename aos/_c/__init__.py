"""What C has and Python lacks: structs, counted strings, pointers to variables, printf, and the checks of arguments."""
