"""Shape and words: which fields there are, and what an executive calls them. The door is
`standard_vocabulary`.
"""
