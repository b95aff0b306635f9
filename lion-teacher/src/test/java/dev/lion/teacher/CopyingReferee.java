package dev.lion.teacher;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
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
        NOTHING,
        AT_THE_BEGINNING,
        AT_THE_BEGINNING_RUNNING_ON,
        WHOLE_MESSAGE_AT_THE_BEGINNING,
        AT_THE_END,
        WHOLE_MESSAGE_AT_THE_END,
        BOTH_SIDES,
        FIRST_LINES,
        LAST_LINES,
        LAST_LINES_AT_THE_END,
        IN_QUOTATION_MARKS,
        EACH_LINE_IN_QUOTATION_MARKS,
        AS_A_BLOCK_QUOTE,
        AS_A_LIST,
        NUMBERED,
        IN_BOLD,
        INDENTED,
        IN_A_CODE_FENCE,
        IN_CAPITALS;

        private String write(Copied copy, String own) {
            return switch (this) {
                case NOTHING -> own;
                case AT_THE_BEGINNING -> copy.whole() + "\n" + own;
                case AT_THE_BEGINNING_RUNNING_ON -> copy.whole() + " " + own;
                case WHOLE_MESSAGE_AT_THE_BEGINNING -> copy.message() + "\n\n" + own;
                case AT_THE_END -> own + "\n" + copy.whole();
                case WHOLE_MESSAGE_AT_THE_END -> own + "\n\n" + copy.message();
                case BOTH_SIDES -> copy.whole() + "\n" + own + "\n" + copy.whole();
                case FIRST_LINES -> "It begins:\n" + copy.some(0, 2) + "\n" + own;
                case LAST_LINES -> "It ends:\n" + copy.some(-2, 0) + "\n" + own;
                case LAST_LINES_AT_THE_END -> own + "\n" + copy.some(-2, 0);
                case IN_QUOTATION_MARKS -> "It says \"" + copy.whole() + "\".\n" + own;
                case EACH_LINE_IN_QUOTATION_MARKS -> copy.lines("\"", "\"") + "\n" + own;
                case AS_A_BLOCK_QUOTE -> copy.lines("> ", "") + "\n" + own;
                case AS_A_LIST -> copy.lines("- ", "") + "\n" + own;
                case NUMBERED -> copy.lines("1. ", "") + "\n" + own;
                case IN_BOLD -> copy.lines("**", "**") + "\n" + own;
                case INDENTED -> copy.lines("    ", "") + "\n" + own;
                case IN_A_CODE_FENCE -> "```\n" + copy.whole() + "\n```\n" + own;
                case IN_CAPITALS -> copy.whole().toUpperCase(Locale.ROOT) + "\n" + own;
            };
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
            String evidence = copying.write(copied, "Answer 2 is better.");
            return "{\"mark\":\"" + mark(message) + "\",\"evidence\":" + quoted(evidence)
                    + ",\"score_of_answer_1\":3,\"score_of_answer_2\":7}";
        }
        String mark = marks ? "[" + mark(message) + "] " : "";
        String scores = mark + "Score of answer 1: 3\n" + mark + "Score of answer 2: 7";
        boolean runsOn = copying == Copying.AT_THE_BEGINNING_RUNNING_ON;
        return copying.write(copied, runsOn ? scores : "Answer 2 is better.\n" + scores);
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
        return TextNode.valueOf(text).toString();
    }
}
