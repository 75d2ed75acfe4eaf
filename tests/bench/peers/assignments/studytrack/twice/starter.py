def twice(x):
    raise NotImplementedError
