"""Changes that the tests did not notice once; they are tried each time the tests run."""

FIXED: tuple[str, ...] = ()
