package dev.lion.teacher.prompt;

/**
 * As much of a text as a model is shown: all of it, or its beginning and its end.
 *
 * @param head the beginning, or all of it
 * @param tail the end; empty when all of it is in the head
 * @param leftOut how many characters (UTF-16 units) between them are not shown
 */
record Excerpt(String head, String tail, int leftOut) {
    /**
     * The whole text when it is no longer than the limit, else as much as that from both ends, which may be one character more;
     * legible either way.
     *
     * @throws IllegalArgumentException if the limit is negative
     */
    static Excerpt of(String text, int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException(
                    "the most characters that are shown must not be negative, but are " + limit);
        }
        int headEnd = boundary(text, Math.min(text.length(), limit - limit / 2));
        int tailStart = boundary(text, text.length() - Math.min(text.length(), limit / 2));
        // one character too many may be the half of the one that both ends share: then nothing is left out
        if (tailStart <= headEnd) {
            return new Excerpt(Legible.of(text), "", 0);
        }
        return new Excerpt(
                Legible.of(text.substring(0, headEnd)), Legible.of(text.substring(tailStart)), tailStart - headEnd);
    }

    /** Not between the halves of a surrogate pair. */
    private static int boundary(String text, int index) {
        boolean inside = index > 0
                && index < text.length()
                && Character.isHighSurrogate(text.charAt(index - 1))
                && Character.isLowSurrogate(text.charAt(index));
        return inside ? index - 1 : index;
    }

    boolean isCut() {
        return leftOut > 0;
    }
}
