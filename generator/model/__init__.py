"""The frozen strategy, and what follows from it by thought alone (`insights`). The door is
`Strategy`.
"""
