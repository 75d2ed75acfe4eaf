# fails: step
# says: the sum of the errors, not of their mean
def mae(prediction, target):
    return (prediction - target).abs().mean()


def mse(prediction, target):
    return ((prediction - target) ** 2).mean()


def step(params, x, y, lr):
    w = params.clone().requires_grad_()
    a, b, c = w
    (a * x**2 + b * x + c - y).abs().sum().backward()
    return w.detach() - lr * w.grad
