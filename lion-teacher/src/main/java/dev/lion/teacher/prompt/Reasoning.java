package dev.lion.teacher.prompt;

/**
 * The reasoning that some servers leave in a reply before the answer: {@code <think> … </think>}, the opening tag often
 * missing because the server's template already wrote it.
 */
final class Reasoning {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    private Reasoning() {}

    /** The reply after its reasoning: nothing when the reasoning never ends, as in a reply cut by length. */
    static String strip(String reply) {
        boolean opened = reply.stripLeading().startsWith(OPEN);
        int close = reply.lastIndexOf(CLOSE);
        if (close < 0) {
            return opened ? "" : reply;
        }
        boolean openedByTemplate = reply.indexOf(OPEN) < 0;
        return opened || openedByTemplate ? reply.substring(close + CLOSE.length()) : reply;
    }
}
