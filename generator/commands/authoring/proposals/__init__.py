"""What somebody changes in a form: taken in, or made here."""
