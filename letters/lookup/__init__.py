"""The machine that looks up a paper by its DOI: asks, reads the answer, fills in what nobody typed."""
