"""What a journal is given with a letter, made of plain values; who sends it and how is for other rooms."""
