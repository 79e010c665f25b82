"""Loads exports of Trimtab in other programs and compares their numbers; see exports.sh."""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import torch
from safetensors.torch import load_file

LOGITS = 1e-4  # largest difference of a next-token logit, in fp32
LIKELIHOOD = 1e-3  # largest difference of a log-likelihood, in fp32
ROUNDED = 0.1  # for weights in half precision
LLAMA_CPP = 1e-2


def checks(folder):
    lines = (folder / "trimtab" / "check.jsonl").read_text().splitlines()
    logits = load_file(folder / "trimtab" / "check.safetensors")["logits"]
    return [json.loads(line) for line in lines], logits


def compare_torch(model, lines, logits):
    """The largest differences of logits after the first context, and of log-likelihoods."""
    model.eval()
    with torch.no_grad():
        after = model(torch.tensor([lines[0]["context"]])).logits[0, -1]
        first = float((after - logits).abs().max())
        worst = 0.0
        for line in lines:
            context, continuation = line["context"], line["continuation"]
            tokens = torch.tensor([context + continuation])
            scores = torch.log_softmax(model(tokens).logits[0, len(context) - 1 : -1].double(), -1)
            found = float(scores.gather(1, torch.tensor(continuation)[:, None]).sum())
            worst = max(worst, abs(found - line["log_likelihood"]))
    return first, worst


def load(folder):
    from transformers import AutoModelForCausalLM

    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)


def weights(folder, arguments):
    lines, logits = checks(folder)
    same_ids(folder, lines)
    config = json.loads((folder / "config.json").read_text())
    exact = config.get("dtype", config.get("torch_dtype")) == "float32"
    return "transformers", compare_torch(load(folder), lines, logits), exact


def same_ids(folder, lines):
    """The tokenizer gives the ids of a text that Trimtab's gave."""
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    for line in lines:
        text = tokenizer.decode(line["context"])
        assert tokenizer.encode(text, add_special_tokens=False) == line["context"], text


def lora(folder, arguments):
    from peft import PeftModel

    lines, logits = checks(folder)
    model = PeftModel.from_pretrained(load(arguments.base), folder)
    differences = compare_torch(model, lines, logits)
    merged = compare_torch(model.merge_and_unload(), lines, logits)
    return "peft", tuple(map(max, zip(differences, merged))), True


def steered(folder, arguments):
    from lm_eval.models.hf_steered import SteeredModel, steer

    lines, logits = checks(folder)
    model = SteeredModel(
        pretrained=str(arguments.base),
        steer_path=str(folder / "steered.pt"),
        device="cpu",
        dtype="float32",
        batch_size=1,
    )
    with steer(model.model, model.hook_to_steer):
        first, _ = compare_torch(model.model, lines, logits)
    requests = [(("", ""), line["context"], line["continuation"]) for line in lines]
    found = model._loglikelihood_tokens(requests, disable_tqdm=True)
    worst = max(abs(score - line["log_likelihood"]) for (score, _), line in zip(found, lines))
    return "lm_eval", (first, worst), True


def llama_cpp(folder, arguments):
    try:
        import llama_cpp
        import numpy
    except ImportError:
        return "llama.cpp", None, False
    lines, logits = checks(folder)
    own = folder / "model.gguf"
    adapter = folder / "lora.gguf"
    vector = folder / "control-vector.gguf"
    with tempfile.TemporaryDirectory() as scratch:
        file = in_full_precision(own if own.exists() else arguments.gguf, Path(scratch))
        model = llama_cpp.Llama(
            str(file),
            lora_path=str(adapter) if adapter.exists() else None,
            logits_all=True,
            n_ctx=2048,
            n_threads=1,
            type_k=llama_cpp.GGML_TYPE_F32,
            type_v=llama_cpp.GGML_TYPE_F32,
            verbose=False,
        )
        if vector.exists():
            add_vector(llama_cpp, model, vector)
        first = worst = None
        for line in lines[: arguments.lines]:
            model.reset()
            model.eval(line["context"] + line["continuation"])
            scores = torch.tensor(numpy.array(model.scores[: model.n_tokens]))
            start = len(line["context"]) - 1
            if first is None:
                first, worst = float((scores[start] - logits).abs().max()), 0.0
            rows = torch.log_softmax(scores[start:-1].double(), -1)
            found = float(rows.gather(1, torch.tensor(line["continuation"])[:, None]).sum())
            worst = max(worst, abs(found - line["log_likelihood"]))
    return "llama.cpp", (first, worst), False


def in_full_precision(file, scratch):
    """The model with dequantised tensors: with quantised ones llama.cpp rounds activations, too."""
    import gguf

    reader = gguf.GGUFReader(file)
    writer = gguf.GGUFWriter(scratch / "full.gguf", reader.fields["general.architecture"].contents())
    for field in reader.fields.values():
        if field.name != "general.architecture" and not field.name.startswith("GGUF."):
            kind = field.types[0]
            inner = field.types[-1] if kind == gguf.GGUFValueType.ARRAY else None
            writer.add_key_value(field.name, field.contents(), kind, sub_type=inner)
    for tensor in reader.tensors:
        values = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
        writer.add_tensor(tensor.name, values.astype("float32"))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return scratch / "full.gguf"


def add_vector(llama_cpp, model, file):
    """What llama.cpp's common library does for --control-vector."""
    import ctypes

    import gguf

    tensors = {
        int(tensor.name.split(".")[1]): tensor.data for tensor in gguf.GGUFReader(file).tensors
    }
    width, layers = model.n_embd(), llama_cpp.llama_model_n_layer(model._model.model)
    values = (ctypes.c_float * (width * (layers - 1)))()
    for layer, data in tensors.items():
        values[width * (layer - 1) : width * layer] = data.tolist()
    apply = llama_cpp.llama_set_adapter_cvec
    assert apply(model._ctx.ctx, values, len(values), width, 1, layers) == 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--gguf", type=Path)
    parser.add_argument("--lines", type=int, help="of check.jsonl, for llama.cpp")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    passed = True
    for folder in arguments.folders:
        if (folder / "adapter_config.json").exists():
            program, differences, exact = lora(folder, arguments)
        elif (folder / "steered.pt").exists():
            program, differences, exact = steered(folder, arguments)
        elif (folder / "config.json").exists():
            program, differences, exact = weights(folder, arguments)
        else:
            program, differences, exact = llama_cpp(folder, arguments)
        if differences is None:
            print(f"{folder}: {program} is not installed; not checked")
            continue
        logits, likelihood = differences
        limits = (LOGITS, LIKELIHOOD) if exact else (ROUNDED, ROUNDED)
        if program == "llama.cpp":
            limits = (LLAMA_CPP, LLAMA_CPP)
        good = logits <= limits[0] and likelihood <= limits[1]
        passed &= good
        print(
            f"{folder}: {program}, largest difference of a logit {logits:.2g},"
            f" of a log-likelihood {likelihood:.2g}: {'ok' if good else 'TOO LARGE'}"
        )
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()
