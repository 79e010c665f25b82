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
  def read(self: __torch__.Unembedding,
    logits: Tensor,
    rows: Tensor,
    tokens: Tensor) -> Tensor:
    total = torch.logsumexp(logits, [-1])
    return torch.sub(torch.index(logits, [rows, tokens]), torch.index(total, [rows]))
  def logit_gradient(self: __torch__.Unembedding,
    logits: Tensor,
    rows: Tensor,
    tokens: Tensor,
    weights: Tensor) -> Tensor:
    # A log-probability's gradient by the logits: 1 at its token, minus the softmax of its row.
    sums = torch.index_add(torch.zeros_like(torch.select(logits, 1, 0)), 0, rows, weights)
    slopes = torch.mul(torch.softmax(logits, -1, 6), torch.unsqueeze(torch.neg(sums), 1))
    _0 = torch.index_put_(slopes, annotate(List[Optional[Tensor]], [rows, tokens]), weights, True)
    return slopes
  def gradient(self: __torch__.Unembedding,
    logits: Tensor,
    weight: Tensor,
    rows: Tensor,
    tokens: Tensor,
    weights: Tensor) -> Tensor:
    slopes = (self).logit_gradient(logits, rows, tokens, weights, )
    if torch.gt(self.softcap, 0.):
      capped = torch.div(logits, self.softcap)
      result = torch.mul(slopes, torch.rsub(torch.mul(capped, capped), 1.))
    else:
      result = slopes
    return torch.matmul(result, torch.to(weight, 6))
