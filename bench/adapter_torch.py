"""PyTorch's part of adapter.py: the same training as one writes it with transformers.

Twice: with the full model in every step, and on hidden states that are computed once. Both begin
from Trimtab's tensors and take Trimtab's facts of each step.
"""

import argparse
import json
import time
from pathlib import Path

import torch
import transformers


class Training:
    def __init__(self, model, facts: list[list[torch.Tensor]], start: list[torch.Tensor]) -> None:
        self.model = model.requires_grad_(False)
        self.facts = facts
        self.parameters = [tensor.clone().requires_grad_() for tensor in start]
        self.optimiser = torch.optim.AdamW(self.parameters, lr=5e-4, weight_decay=0.01)

    def states(self, ids: torch.Tensor) -> torch.Tensor:
        """The final hidden states of all tokens but the last, which predicts nothing."""
        with torch.no_grad():
            return self.model.model(input_ids=ids[None, :-1], use_cache=False).last_hidden_state[0]

    def adapted(self, h: torch.Tensor) -> torch.Tensor:
        *rest, write = self.parameters
        inner = h @ rest[-1].T
        if len(rest) == 2:
            inner = torch.sigmoid(h @ rest[0].T) * inner
        return h + inner @ write.T

    def margin(self, fact: int, states) -> torch.Tensor:
        sums = []
        for text, ids in enumerate(self.facts[fact]):
            logits = self.model.lm_head(self.adapted(states(fact, text))).float()
            logs = torch.log_softmax(logits, -1)
            sums.append(logs.gather(1, ids[1:, None]).sum())
        return sums[0] - torch.stack(sums[1:]).max()

    def run(self, batches: list[list[int]], states) -> list[float]:
        losses = []
        for batch in batches:
            margins = torch.stack([self.margin(fact, states) for fact in batch])
            loss = (1.5 - margins).clamp(min=0).mean()
            self.optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
            self.optimiser.step()
            losses.append(loss.item())
        return losses


def main() -> None:
    arguments = parse()
    ours = json.loads(arguments.task.read_text())
    model_file = Path(ours["model"])
    read = {"gguf_file": model_file.name}
    tokenizer = transformers.AutoTokenizer.from_pretrained(model_file.parent, **read)
    model = transformers.AutoModelForCausalLM.from_pretrained(
        model_file.parent, dtype=torch.float32, **read
    ).eval()
    data = json.loads(Path(ours["dataset"]).read_text(encoding="utf-8"))
    facts = []
    for item in ours["items"]:
        fact = data[item]
        texts = [f"{fact['context']}: {each}" for each in [fact["truth"], *fact["distractors"]]]
        facts.append([torch.tensor(tokenizer(text)["input_ids"]) for text in texts])
    start = [torch.tensor(values).reshape(shape) for shape, values in ours["start"]]

    full = Training(model, facts, start)
    begin = time.perf_counter()
    batches = ours["batches"][: arguments.full_steps]
    full_losses = full.run(batches, lambda fact, text: full.states(facts[fact][text]))
    full_seconds = (time.perf_counter() - begin) * len(ours["batches"]) / len(batches)

    cached = Training(model, facts, start)
    begin = time.perf_counter()
    kept = [[cached.states(ids) for ids in fact] for fact in facts]
    losses = cached.run(ours["batches"], lambda fact, text: kept[fact][text])
    seconds = time.perf_counter() - begin
    result = {
        "full_losses": full_losses,
        "full_seconds": full_seconds,
        "full_steps": len(batches),
        "losses": losses,
        "seconds": seconds,
        "versions": f"transformers {transformers.__version__}, torch {torch.__version__}",
    }
    arguments.result.write_text(json.dumps(result))


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", type=Path, help="what AdapterSplit.java wrote")
    parser.add_argument("result", type=Path, help="the file to write")
    parser.add_argument("--full-steps", type=int, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    main()
