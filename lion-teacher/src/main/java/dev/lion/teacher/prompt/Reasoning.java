package dev.lion.teacher.prompt;

/**
 * The reasoning that some servers leave in a reply before the answer: {@code <think> … </think>}, the opening tag often
 * missing because the server's template already wrote it.
 */
final class Reasoning {
    private static final String OPEN = "<think>";
    static final String CLOSE = "</think>";

    private Reasoning() {}

    /** The reply after its reasoning: nothing when the reasoning never ends, as in a reply cut by length. */
    static String strip(String reply) {
        return strip(reply, false);
    }

    /**
     * The same, of a reply that may quote a closing tag from what it is about: such a tag ends no reasoning whose opening tag
     * is not there.
     */
    static String strip(String reply, boolean isQuotable) {
        boolean opened = reply.stripLeading().startsWith(OPEN);
        int close = reply.lastIndexOf(CLOSE);
        if (close < 0) {
            return opened ? "" : reply;
        }
        boolean openedByTemplate = !isQuotable && reply.indexOf(OPEN) < 0;
        return opened || openedByTemplate ? reply.substring(close + CLOSE.length()) : reply;
    }
}
