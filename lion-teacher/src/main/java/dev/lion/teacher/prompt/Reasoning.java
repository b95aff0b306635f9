package dev.lion.teacher.prompt;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reasoning that some servers leave in a reply before the answer: {@code <think> … </think>}, the opening tag often
 * missing because the server's template already wrote it.
 */
final class Reasoning {
    private static final String OPEN = "<think>";
    static final String CLOSE = "</think>";

    private static final Pattern CLOSING_LINE = Pattern.compile(CLOSE + "[ \\t]{0,9}+\\r?\\n");

    private Reasoning() {}

    /**
     * A text after its reasoning, which may itself have such tags in it: nothing when the reasoning never ends, as in a reply
     * cut by length. Without an opening tag only a closing one at the end of its line ends a reasoning.
     */
    static String stripBeforeText(String reply) {
        boolean opened = reply.stripLeading().startsWith(OPEN);
        boolean openedByTemplate = !opened && reply.indexOf(OPEN) < 0;
        int close = lastAtLineEnd(reply);
        if (close < 0 && opened) {
            close = reply.indexOf(CLOSE);
        }
        if (close < 0) {
            return opened ? "" : reply;
        }
        return opened || openedByTemplate ? reply.substring(close + CLOSE.length()) : reply;
    }

    /** Where the last closing tag is that ends a line, with a line after it; negative when there is none. */
    private static int lastAtLineEnd(String reply) {
        Matcher closing = CLOSING_LINE.matcher(reply);
        int last = -1;
        while (closing.find()) {
            last = closing.start();
        }
        return last;
    }

    /**
     * A reply after its reasoning, when it may quote a closing tag from what it is about: such a tag then ends no reasoning whose
     * opening tag is not there. Nothing is left when the reasoning never ends, as in a reply cut by length.
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
