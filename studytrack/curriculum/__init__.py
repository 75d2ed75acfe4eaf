"""What there is to learn: lessons, as authors write them in YAML."""
