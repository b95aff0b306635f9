package dev.lion.judging;

/**
 * How large the random part is that is judged in both orders in any case; 200 instructions or a fiftieth, whichever is
 * more, by default. What is saved elsewhere is decided by what is learnt on it, and measured on it. A pool (or sample) of
 * less than twice its size is judged whole, in both orders.
 *
 * @param least instructions, 1 or more
 * @param share of the instructions to judge, from 0 to 1
 */
public record Audit(int least, double share) {
    public Audit {
        if (least < 1 || !(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("an audit needs at least 1 instruction and a share from 0 to 1, but has "
                    + least + " and " + share);
        }
    }

    /** 200 instructions or a fiftieth of them. */
    public static Audit defaults() {
        return new Audit(200, 0.02);
    }

    int size(int instructions) {
        return Math.max(least, (int) Math.ceil(share * instructions));
    }

    boolean isWorthwhile(int instructions) {
        return instructions >= 2 * size(instructions);
    }

    @Override
    public String toString() {
        return "at least " + least + ", " + share + " of all";
    }
}
