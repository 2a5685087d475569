"""The words of the page that stand before any result."""

from __future__ import annotations

from typing import Final

DESIGN: Final = """# Once round the loop

Is a review worth its time? A benchmark that is wrong in places fails a model. One training set takes **every failure
with the benchmark's reference**, another takes **what a reviewer left of it**; both are measured on held-out items. The
script [examples/flywheel](../examples/flywheel/README.md) does it with `avocet` commands alone and writes this page.
Nothing on it is edited by hand, and the design was set before anything was trained.

```console
$ make flywheel                # reviewed against unreviewed
$ make flywheel PART=dpo       # or passes, or category
```

## The design

**The model** is SmolLM2-135M-Instruct. **The items** are the [374 short tasks](../examples/smollm2/README.md). Their own
checks and references are taken for true here, although some of them are strict.

**A benchmark that is wrong in places** is made from them by [rules](../examples/flywheel/spoil.py). A hash of its id says
which rule is tried on an item; the rule is kept aside.

| rule | tried on | what it does |
|---|--:|---|
| `other_answer` | {other_answer} | reference and checks are those of the next item of the same type whose reference is wrong here |
| `cut_short` | {cut_short} | the reference is the first half of the right one, and the check wants that text |
| `chatty` | {chatty} | the reference is the right one inside two sentences of politeness, and the check wants that text; only where the true check refuses it |
| `exact_form` | {exact_form} | the reference stays, but the check wants exactly its text, so that a right answer in other words fails |
| untouched | {untouched} | nothing |

Where a rule would make nothing wrong, the item stays untouched. The goal was that 20 to 30 % of the failures are the
benchmark's own fault.

**The reviewing** is done by [rules that know the truth](../examples/flywheel/reviewing.py), not by people: an answer
that the true check passes is accepted as `scoring_artifact`; any other is corrected with the true reference, with
`reference_wrong` and the corrected reference where the benchmark's is wrong. The category follows from the true checks
that fail: `style_violation` if only length or a forbidden pattern, `format_error` if the pattern is there but not
alone, else `wrong_answer`. So the reviewer makes no mistake: what people gain by reviewing is at most this.

**Two training sets**: `unreviewed` corrects every failure with the spoilt reference; `reviewed` is exported with
`--exclude-category scoring_artifact`. Both are trained with the same budget, {steps} steps of {batch} rows, LoRA of rank
16, the method's own learning rate (2e-4 for SFT, 5e-5 for DPO), and the seeds 0 to 4 (other parts 0 to 2).

**Measured** are the {items} items that the desk holds out ({share}, salt `{salt}`), by their true checks, greedily, with
at most {tokens} tokens. An item is worth the share of the seeds that pass it. The items' differences are compared as
[`avocet compare`](compare.md#how-sure-it-is) compares several epochs: flips of their signs, and a bootstrap over items. The
test is one of items: how it would be with other seeds shows in the spread of these.

## What the design can find

A difference of **{found} points** is found 8 times in 10 (p < 0.05, {items} items, {seeds} seeds), one of {found_of_three}
with three seeds. The round before this one, with 48 items and three seeds, needed {found_before}.

{curve}

These numbers come from a [simulation](../examples/flywheel/power.py), {tries} times each. An item's chance of passing has
a Beta distribution with mean {rate} and both parameters adding up to {agree}, as the trained models of the round before
did it; the second training changes that chance on {unlike} of the items at random, and lifts as many others to certainty
as make the gain.
"""
