package dev.lion.teacher.prompt;

/** What a referee writes first. */
public enum VerdictOrder {
    /** The evidence, so that the scores follow from it: what the paper trains by, and its setting 2 of the evaluation. */
    EVIDENCE_FIRST,
    /** The scores, and then an explanation of them: the paper's setting 1 of the evaluation, after Vicuna's. */
    SCORES_FIRST
}
