"""Tables, for whoever thinks in spreadsheets."""
