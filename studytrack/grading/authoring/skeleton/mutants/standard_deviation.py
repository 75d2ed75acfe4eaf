# fails: spread
# says: That is the standard deviation
def centre(x):
    return x - x.mean()


def spread(x):
    return x.std(unbiased=False)
