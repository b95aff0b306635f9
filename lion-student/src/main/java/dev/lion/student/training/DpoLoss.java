package dev.lion.student.training;

/**
 * The loss of a pair in direct preference optimization, −log σ(β · margin) (Rafailov et al., 2023, equation 7), and its
 * slope. The margin is by how much more the chosen answer than the rejected one has gained in log-probability since the
 * reference, in nats.
 */
record DpoLoss(double beta) {
    /** The loss of a pair with this margin: log 2 at 0. */
    double at(double margin) {
        double logit = beta * margin;
        return Math.max(-logit, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(logit)));
    }

    /** By how much the loss falls with each nat that the margin grows: from β at a margin far below 0 to nothing. */
    double slope(double margin) {
        double logit = beta * margin;
        double tail = StrictMath.exp(-Math.abs(logit));
        return beta * (logit >= 0 ? tail : 1) / (1 + tail);
    }
}
