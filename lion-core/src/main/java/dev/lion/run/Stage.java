package dev.lion.run;

/** The stages of an iteration (paper, figure 2), with the evaluation that may follow them. */
public enum Stage {
    /** The teacher answers the Train Pool and the student is fine-tuned on the answers. */
    IMITATION,
    /** Teacher and student answer the Cache Pool; the referee scores both. */
    DISCRIMINATION,
    /** The generator writes new hard and new easy instructions. */
    GENERATION,
    /** Accuracy on held-out items, when the application supplied some. */
    EVALUATION
}
