class Unembedding(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  softcap : float
  def forward(self: __torch__.Unembedding,
    hidden: Tensor,
    weight: Tensor) -> Tensor:
    logits = torch.to(torch.linear(hidden, weight), 6)
    if torch.gt(self.softcap, 0.):
      result = torch.mul(torch.tanh(torch.div(logits, self.softcap)), self.softcap)
    else:
      result = logits
    return result
  def log_probabilities(self: __torch__.Unembedding,
    hidden: Tensor,
    weight: Tensor,
    rows: Tensor,
    tokens: Tensor) -> Tensor:
    logits = (self).forward(hidden, weight, )
    return torch.index(torch.log_softmax(logits, -1, 6), [rows, tokens])
