"""The battery: hostile and odd submissions, made for any exercise from its own starter and solution."""
