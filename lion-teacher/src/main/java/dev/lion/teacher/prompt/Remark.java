package dev.lion.teacher.prompt;

import java.util.regex.Pattern;

/**
 * What follows a score on its line. Words such as {@code - clear and correct} leave it as it is; a further number in figures or
 * words, or a beginning such as {@code or}, {@code through}, {@code out of}, {@code %}, makes it a range, another scale or a
 * revision.
 */
final class Remark {
    /** Of the signs between two numbers and of the words there, in some languages; 至, 到 and 或 are to and or. */
    private static final Pattern CONNECTIVE = Pattern.compile(
            "[\\s*_`\\])]*+(?:and(?!\\p{L})|[,;(]?\\s{0,2}(?:[%~/\\\\+<>→&至到或]|-{1,9}+>|"
                    + "(?:to|or|through|thru|till|until|up|of|out\\s{1,2}of|plus|minus|at\\s{1,2}least|at\\s{1,2}most|half"
                    + "|per\\s{0,2}cent|prozent|bis|oder|und|ou|à|et|до|или)(?!\\p{L})))",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final Pattern NUMBER = Pattern.compile(
            "\\p{N}|(?<!\\p{L})(?:" + NumberWords.ABOVE_ONE + ")(?!\\p{L})|[二三四五六七八九十两百]",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final Pattern REVISION = Pattern.compile(
            "(?<!\\p{L})(?:revised|changed|corrected|lowered|raised|reduced|increased)\\s{1,2}to(?!\\p{L})",
            Pattern.CASE_INSENSITIVE);

    private Remark() {}

    /** Whether the number before it may not be the whole score. */
    static boolean isPartOfScore(String rest) {
        return CONNECTIVE.matcher(rest).lookingAt()
                || NUMBER.matcher(rest).find()
                || REVISION.matcher(rest).find();
    }
}
