package dev.lion.data;

/** Whether the student still lags the teacher on an instruction (paper, section 3.2: gap d at or above τ is hard). */
public enum Difficulty {
    /** The referee's gap is at or above the threshold. */
    HARD,
    /** The referee's gap is below the threshold. */
    EASY
}
