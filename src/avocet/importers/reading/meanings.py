"""The meanings that a column of a table may have, and the usual names for each."""

from __future__ import annotations

MEANINGS: dict[str, tuple[str, ...]] = {
    "messages": (
        *("messages", "prompt_messages", "conversation", "conversations", "chat", "turns", "trajectory", "traj"),
        *("dialog", "dialogue", "history", "transcript", "rollout"),
    ),
    "prompt": (
        *("prompt", "question", "input", "instruction", "query", "user_input", "problem", "prompts", "inputs"),
        *("prompt_text", "input_text", "user_prompt", "task_prompt", "request", "user_message", "instructions"),
    ),
    "system": ("system", "system_prompt", "system_message"),
    "response": (
        *("response", "model_response", "output", "model_output", "completion", "prediction", "generation"),
        *("generated_text", "model_answer", "actual_output", "actual", "predicted", "pred", "response_text"),
        *("output_text", "completions", "responses", "generations", "outputs", "predictions", "reply", "answer"),
        *("llm_output", "llm_response", "llm_answer", "assistant_response", "model_prediction", "hypothesis"),
    ),
    "corrected_response": ("corrected_response", "correction", "corrected"),
    "reference": (
        *("reference", "expected", "target", "label", "gold", "ground_truth", "expected_output", "reference_answer"),
        *("correct_answer", "answer", "solution", "ideal", "gold_answer", "expected_answer"),
    ),
    "score": (
        *("score", "quality_score", "reward", "grade", "points", "rating", "judge_score", "total_score"),
        *("final_score", "f1", "f1_score", "exact_match", "em", "accuracy", "similarity", "bleu", "rouge", "rouge_l"),
    ),
    "passed": (
        "passed",
        "pass",
        "success",
        "correct",
        "is_correct",
        "resolved",
        "acc",
        "is_pass",
        "verdict",
        "solved",
    ),
    "reason": ("reason", "failure_reason", "feedback"),
    "explanation": ("explanation", "rationale", "comment"),
    "id": (
        *("id", "item_id", "sample_id", "example_id", "uuid", "idx", "index", "task_id", "question_id", "doc_id"),
        *("instance_id", "row_id", "key"),
    ),
    "task": ("task", "task_type", "task_name", "benchmark", "dataset", "category", "topic"),
    "model": ("model", "model_name", "model_id"),
    "timestamp": ("timestamp", "time", "created_at", "date"),
    "failure_category": ("failure_category", "failure_type"),
}
"""Every meaning that a column may have, with the usual names of such a column."""


def folded(name: str) -> str:
    """A name reduced to what is compared, so that `Model Output` equals `model_output`."""
    return "".join(character for character in name.casefold() if character.isalnum())


ASKING = frozenset(folded(name) for meaning in ("messages", "prompt") for name in MEANINGS[meaning])
"""The folded names of fields that say what the model was asked: an object with one of them is a row of its own."""
