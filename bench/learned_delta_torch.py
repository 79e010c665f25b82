"""PyTorch's part of learned_delta.py: the same training as one writes it with transformers.

A hook adds the vector to the input of o_proj, the whole batch is padded, every step runs all layers,
and autograd gives the gradient of the vector alone. The optimiser is Trimtab's: proximal gradient
with a backtracked step size and momentum that starts anew where the objective would rise.
"""

import argparse
import json
import time
from pathlib import Path

import torch
import transformers


class Training:
    """The objective of a vector over the pairs of a task."""

    def __init__(self, model, tokenizer, pairs: list[tuple[str, str]], arguments) -> None:
        self.model = model.requires_grad_(False)
        self.lambda1, self.lambda2 = arguments.lambda1, arguments.lambda2
        config = model.config
        self.head = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
        self.width = self.head * config.num_attention_heads
        prompts = [tokenizer(prompt)["input_ids"] for prompt, _ in pairs]
        wholes = [tokenizer(prompt + target)["input_ids"] for prompt, target in pairs]
        shape = (len(pairs), max(map(len, wholes)))
        self.ids = torch.zeros(shape, dtype=torch.long)
        self.attention = torch.zeros(shape, dtype=torch.long)
        self.target = torch.zeros(shape)
        self.last = torch.zeros((*shape, 1))
        for i, (prompt, whole) in enumerate(zip(prompts, wholes, strict=True)):
            self.ids[i, : len(whole)] = torch.tensor(whole)
            self.attention[i, : len(whole)] = 1
            self.target[i, len(prompt) : len(whole)] = 1
            self.last[i, len(prompt) - 1] = 1
        self.delta = torch.zeros(self.width)
        layer = model.model.layers[arguments.layer].self_attn.o_proj
        layer.register_forward_pre_hook(lambda _, inputs: (inputs[0] + self.last * self.delta,))

    def loss(self, delta: torch.Tensor) -> torch.Tensor:
        """The mean over pairs of -log p of the target, summed over its tokens."""
        self.delta = delta
        logits = self.model(input_ids=self.ids, attention_mask=self.attention, use_cache=False).logits
        logs = torch.log_softmax(logits[:, :-1].float(), -1)
        read = logs.gather(2, self.ids[:, 1:, None]).squeeze(2)
        return -(read * self.target[:, 1:]).sum() / len(self.ids)

    @torch.no_grad()
    def value(self, delta: torch.Tensor) -> float:
        return self.loss(delta).item()

    def point(self, delta: torch.Tensor) -> tuple[float, torch.Tensor]:
        """The loss and its gradient."""
        leaf = delta.clone().requires_grad_()
        loss = self.loss(leaf)
        (gradient,) = torch.autograd.grad(loss, leaf)
        return loss.item(), gradient

    def penalty(self, delta: torch.Tensor) -> float:
        heads = delta.double().view(-1, self.head)
        return (self.lambda1 * heads.abs().sum() + self.lambda2 * heads.norm(dim=1).sum()).item()

    def proximal(self, delta: torch.Tensor, rate: float) -> torch.Tensor:
        soft = delta.sign() * (delta.abs() - rate * self.lambda1).clamp(min=0)
        heads = soft.view(-1, self.head)
        lengths = heads.norm(dim=1, keepdim=True).clamp(min=1e-30)
        return (heads * (1 - rate * self.lambda2 / lengths).clamp(min=0)).view(-1)


def minimise(training: Training, goal: float, most: int) -> tuple[float, int]:
    """Steps until the objective is at most the goal; returns the objective and the steps taken."""
    x = y = torch.zeros(training.width)
    loss, gradient = training.point(y)
    objective = loss + training.penalty(x)
    rate, growth, momentum, steps = 1.0, 10.0, 1.0, 0
    while objective > goal and steps < most and rate > 1e-12:
        following = training.proximal(y - rate * gradient, rate)
        change = following - y
        value = training.value(following)
        model = loss + (change @ gradient + change @ change / (2 * rate)).item()
        lower = value + training.penalty(following)
        if not value <= model + 1e-7 * max(1.0, abs(loss)):
            rate, growth = rate / 2, 1.1
            continue
        if lower > objective:
            if y is x:
                rate /= 2
            else:
                y, momentum = x, 1.0
                loss, gradient = training.point(y)
            continue
        before, momentum = momentum, (1 + (1 + 4 * momentum**2) ** 0.5) / 2
        x, y = following, following + (before - 1) / momentum * (following - x)
        if before == 1:
            y = x
        objective, steps, rate = lower, steps + 1, rate * growth
        if objective > goal:
            loss, gradient = training.point(y)
    return objective, steps


def main() -> None:
    arguments = parse()
    ours = json.loads(arguments.task.read_text())
    model_file = Path(ours["model"])
    read = {"gguf_file": model_file.name}
    tokenizer = transformers.AutoTokenizer.from_pretrained(model_file.parent, **read)
    model = transformers.AutoModelForCausalLM.from_pretrained(
        model_file.parent, dtype=torch.float32, **read
    )
    task = json.loads(Path(ours["dataset"]).read_text(encoding="utf-8"))
    chosen = [task[item] for item in ours["items"]]
    pairs = [(f"Q: {pair['input'].strip()}\nA:", f" {pair['output'].strip()}") for pair in chosen]
    training = Training(model.eval(), tokenizer, pairs, arguments)
    vector = torch.tensor(ours["vector"])
    result = {
        "at_ours": training.value(vector) + training.penalty(vector),
        "unsteered": training.value(torch.zeros(training.width)),
        "versions": f"transformers {transformers.__version__}, torch {torch.__version__}",
    }
    goal = ours["facts"]["objective"] + arguments.tolerance
    begin = time.perf_counter()
    result["objective"], result["steps"] = minimise(training, goal, arguments.steps)
    result["seconds"] = time.perf_counter() - begin
    arguments.result.write_text(json.dumps(result))


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", type=Path, help="what LearnedDelta.java wrote")
    parser.add_argument("result", type=Path, help="the file to write")
    parser.add_argument("--layer", type=int, required=True)
    parser.add_argument("--lambda1", type=float, required=True)
    parser.add_argument("--lambda2", type=float, required=True)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--tolerance", type=float, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    main()
