# fails: centre
# says: You took the median away
def centre(x):
    return x - x.median()


def spread(x):
    return (x - x.mean()).abs().mean()
