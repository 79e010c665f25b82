class Embedding(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  scale : float
  def forward(self: __torch__.Embedding,
    tokens: Tensor,
    weight: Tensor) -> Tensor:
    rows = torch.embedding(weight, tokens)
    if torch.ne(self.scale, 1.):
      result = torch.mul(rows, self.scale)
    else:
      result = rows
    return result
