package dev.lion.teacher.prompt;

/**
 * As much of a text as a model is shown: all of it, or its beginning and its end.
 *
 * @param head the beginning, or all of it
 * @param tail the end; empty when all of it is in the head
 * @param leftOut how many characters (UTF-16 units) between them are not shown
 */
record Excerpt(String head, String tail, int leftOut) {
    /** The whole text when it is no longer than the limit, else as much as that from both ends; legible either way. */
    static Excerpt of(String text, int limit) {
        if (text.length() <= limit) {
            return new Excerpt(Legible.of(text), "", 0);
        }
        int headEnd = boundary(text, limit - limit / 2);
        int tailStart = boundary(text, text.length() - limit / 2);
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
