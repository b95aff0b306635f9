package dev.lion.teacher.prompt;

/**
 * A number after a label that does not say that a score follows.
 *
 * @param number what it is, on whatever scale
 * @param isScaled whether it names a scale or points, as few numbers do that are no scores
 * @param yields whether it is none when other labels of the reply say that a score follows
 * @param words how it is written, with its scale
 */
record BareValue(double number, boolean isScaled, boolean yields, String words) {
    /** The same in a table of both answers, where a contradiction is no accident. */
    BareValue inTable() {
        return new BareValue(number, isScaled, false, words);
    }
}
