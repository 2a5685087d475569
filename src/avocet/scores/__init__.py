"""The mathematics of the report: what random reads say of what nobody read. Knows no database and no HTTP."""

from __future__ import annotations

from avocet.scores.agreement import Agreement, agreement, cohen_kappa, krippendorff_alpha
from avocet.scores.borrowed import borrowed_score
from avocet.scores.check_errors import CheckErrors, check_errors
from avocet.scores.compared import (
    EpochPair,
    McNemar,
    ScoreReads,
    SignPermutation,
    mcnemar,
    newcombe,
    permute_signs,
    score_difference,
)
from avocet.scores.estimate import (
    UndecidedEnds,
    at_least,
    at_most,
    category_share,
    corrected_score,
    false_fails,
    false_passes,
    known_limits,
    undecided_ends,
)
from avocet.scores.next_reads import NextReads, next_reads
from avocet.scores.prediction import is_rough
from avocet.scores.saturation import Saturation, none_new, saturation
from avocet.scores.strata import Basis, Facts, OutcomeReads, Stratum, effective_reads
from avocet.scores.told import Reason, Told
from avocet.scores.wilson import ClusteredRate, questions_like_these, wilson, wilson_of_epochs

__all__ = [
    "Agreement",
    "Basis",
    "CheckErrors",
    "ClusteredRate",
    "EpochPair",
    "Facts",
    "McNemar",
    "NextReads",
    "OutcomeReads",
    "Reason",
    "Saturation",
    "ScoreReads",
    "SignPermutation",
    "Stratum",
    "Told",
    "UndecidedEnds",
    "agreement",
    "at_least",
    "at_most",
    "borrowed_score",
    "category_share",
    "check_errors",
    "cohen_kappa",
    "corrected_score",
    "effective_reads",
    "false_fails",
    "false_passes",
    "is_rough",
    "known_limits",
    "krippendorff_alpha",
    "mcnemar",
    "newcombe",
    "next_reads",
    "none_new",
    "permute_signs",
    "questions_like_these",
    "saturation",
    "score_difference",
    "undecided_ends",
    "wilson",
    "wilson_of_epochs",
]
