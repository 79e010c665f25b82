"""Products with plain and with packed weights, in GFLOP/s: why Trimtab packs them at loading.

    python bench/packing.py [--threads 2]

Needs torch alone (bench/requirements.txt). The shapes are those of SmolLM2-135M: gate and up, down,
q k v, and the unembedding. Plain is torch.nn.functional.linear, packed oneDNN's product with a weight
that was brought into its order once. The machine should do nothing else meanwhile.
"""

import argparse
import time

import torch

SHAPES = ((576, 3072), (1536, 576), (576, 960), (576, 49152))
ROWS = (1, 5, 16, 35, 100, 480)


def rate(product, operations: float) -> float:
    """GFLOP/s of a product, after three that do not count."""
    for _ in range(3):
        product()
    repeats = min(300, max(3, int(1e10 / operations)))
    begin = time.perf_counter()
    for _ in range(repeats):
        product()
    return operations * repeats / (time.perf_counter() - begin) / 1e9


@torch.inference_mode()
def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    torch.set_num_threads(parser.parse_args().threads)
    print(f"torch {torch.__version__}, {torch.get_num_threads()} threads")
    print(f"{'in':>6}{'out':>7}{'rows':>6}{'plain':>8}{'packed':>8}{'ratio':>8}")
    for inputs, outputs in SHAPES:
        weight = torch.randn(outputs, inputs)
        packed = torch.ops.mkldnn._reorder_linear_weight(weight, None)
        for rows in ROWS:
            x = torch.randn(rows, inputs)
            operations = 2 * rows * inputs * outputs
            plain = rate(lambda: torch.nn.functional.linear(x, weight), operations)
            quick = rate(
                lambda: torch.ops.mkldnn._linear_pointwise(x, packed, None, "none", [], ""),
                operations,
            )
            print(f"{inputs:6}{outputs:7}{rows:6}{plain:8.0f}{quick:8.0f}{quick / plain:7.1f}x")


if __name__ == "__main__":
    main()
