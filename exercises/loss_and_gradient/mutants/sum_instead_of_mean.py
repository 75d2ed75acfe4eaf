# fails: mse
# says: Divide by the number of errors
def mae(prediction, target):
    return (prediction - target).abs().mean()


def mse(prediction, target):
    return ((prediction - target) ** 2).sum()


def step(params, x, y, lr):
    w = params.detach().clone().requires_grad_()
    a, b, c = w
    mae(a * x**2 + b * x + c, y).backward()
    return w.detach() - lr * w.grad
