package dev.lion.examples.puzzle;

/** Tolerates slips of the pen. */
final class Spelling {
    private Spelling() {}

    /** Whether one letter added, left out or replaced makes one word of the other. */
    static boolean oneLetterApart(String one, String other) {
        if (one.length() > other.length()) {
            return oneLetterApart(other, one);
        }
        if (other.length() - one.length() > 1 || one.equals(other)) {
            return false;
        }
        int i = 0;
        while (i < one.length() && one.charAt(i) == other.charAt(i)) {
            i++;
        }
        String rest = one.length() == other.length() ? one.substring(i + 1) : one.substring(i);
        return rest.equals(other.substring(i + 1));
    }
}
