class Packing(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Packing,
    weight: Tensor) -> Tensor:
    return ops.mkldnn._reorder_linear_weight(weight)
  def unpack(self: __torch__.Packing,
    weight: Tensor) -> Tensor:
    return torch.to_dense(weight)
