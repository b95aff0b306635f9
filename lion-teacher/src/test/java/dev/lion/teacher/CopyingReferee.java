package dev.lion.teacher;

import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a referee writes that gives answer 1 a 3 and answer 2 a 7, and repeats what it read.
 *
 * @param marks whether it puts the message's mark before its score lines, as it is asked to
 * @param json whether it writes JSON
 */
record CopyingReferee(boolean marks, boolean json) {
    static final double FIRST = 3;
    static final double SECOND = 7;

    private static final Pattern MARK =
            Pattern.compile("\\[([bcdfghjkmnpqrtvw]{8})] Score of answer 1: N|the text (\\w{8}),");

    /** A way to repeat what was read, around the referee's own words and its scores. */
    enum Copying {
        NOTHING((copy, own) -> own),
        AT_THE_BEGINNING((copy, own) -> copy.whole() + "\n" + own),
        AT_THE_BEGINNING_RUNNING_ON((copy, own) -> copy.whole() + " " + own),
        WHOLE_MESSAGE_AT_THE_BEGINNING((copy, own) -> copy.message() + "\n\n" + own),
        AT_THE_END((copy, own) -> own + "\n" + copy.whole()),
        WHOLE_MESSAGE_AT_THE_END((copy, own) -> own + "\n\n" + copy.message()),
        BOTH_SIDES((copy, own) -> copy.whole() + "\n" + own + "\n" + copy.whole()),
        FIRST_LINES((copy, own) -> "It begins:\n" + copy.some(0, 2) + "\n" + own),
        LAST_LINES((copy, own) -> "It ends:\n" + copy.some(-2, 0) + "\n" + own),
        LAST_LINES_AT_THE_END((copy, own) -> own + "\n" + copy.some(-2, 0)),
        IN_QUOTATION_MARKS((copy, own) -> "It says \"" + copy.whole() + "\".\n" + own),
        EACH_LINE_IN_QUOTATION_MARKS((copy, own) -> copy.lines("\"", "\"") + "\n" + own),
        AS_A_BLOCK_QUOTE((copy, own) -> copy.lines("> ", "") + "\n" + own),
        AS_A_LIST((copy, own) -> copy.lines("- ", "") + "\n" + own),
        NUMBERED((copy, own) -> copy.lines("1. ", "") + "\n" + own),
        IN_BOLD((copy, own) -> copy.lines("**", "**") + "\n" + own),
        INDENTED((copy, own) -> copy.lines("    ", "") + "\n" + own),
        IN_A_CODE_FENCE((copy, own) -> "```\n" + copy.whole() + "\n```\n" + own),
        IN_CAPITALS((copy, own) -> copy.whole().toUpperCase(java.util.Locale.ROOT) + "\n" + own);

        private final BiFunction<Copied, String, String> writing;

        Copying(BiFunction<Copied, String, String> writing) {
            this.writing = writing;
        }
    }

    /** What is repeated: one text, and the message that it came in. */
    private record Copied(String whole, String message) {
        String some(int from, int to) {
            List<String> lines = whole.lines().toList();
            int size = lines.size();
            int start = Math.max(0, from < 0 ? size + from : from);
            return String.join("\n", lines.subList(Math.min(start, size), to > 0 ? Math.min(to, size) : size));
        }

        String lines(String before, String after) {
            return whole.lines().map(line -> before + line + after).collect(Collectors.joining("\n"));
        }
    }

    /** The reply to a message, repeating one of its texts. */
    String reply(String message, String text, Copying copying) {
        Copied copied = new Copied(text, message);
        if (json) {
            String evidence = copying.writing.apply(copied, "Answer 2 is better.");
            return "{\"mark\":\"" + mark(message) + "\",\"evidence\":" + quoted(evidence)
                    + ",\"score_of_answer_1\":3,\"score_of_answer_2\":7}";
        }
        String mark = marks ? "[" + mark(message) + "] " : "";
        String scores = mark + "Score of answer 1: 3\n" + mark + "Score of answer 2: 7";
        boolean runsOn = copying == Copying.AT_THE_BEGINNING_RUNNING_ON;
        return copying.writing.apply(copied, runsOn ? scores : "Answer 2 is better.\n" + scores);
    }

    private static String mark(String message) {
        Matcher mark = MARK.matcher(message);
        String found = "";
        while (mark.find()) { // the last one is lion's own
            found = mark.group(1) == null ? mark.group(2) : mark.group(1);
        }
        return found;
    }

    private static String quoted(String text) {
        return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
    }
}
