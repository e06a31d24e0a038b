"""Views: the same records in the columns of POLECAT, GDELT and ICEWS. Beside validation, above the dataset layer."""
