"""What happens to files and entries when they are saved, copied, pasted, moved or deleted: each mishap is
told in one sentence at its cause, and what follows from it is held back.
"""
