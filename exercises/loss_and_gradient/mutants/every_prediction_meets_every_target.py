# fails: step
# says: broadcasting made a table
def mae(prediction, target):
    return (prediction - target).abs().mean()


def mse(prediction, target):
    return ((prediction - target) ** 2).mean()


def step(params, x, y, lr):
    w = params.clone().requires_grad_()
    a, b, c = w
    prediction = a * x[:, 0] ** 2 + b * x[:, 0] + c
    mae(prediction, y).backward()
    return w.detach() - lr * w.grad
