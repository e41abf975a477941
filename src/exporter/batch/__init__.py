"""Many captures: jobs over an executor, one killable child a slot, what recurs learnt first."""
