package dev.lion.teacher.prompt;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads a generator's reply as one new instruction. It takes off what models put around a text that was asked for alone
 * (a label such as {@code New task:}, one code fence, one pair of quotation marks or of bold marks, the frame's lines) and
 * changes nothing inside. Any thread may use it.
 */
public final class InstructionParser {
    private static final String TASK = "(?:instruction|task|prompt)";
    private static final String NEW = "(?:(?:new|created|generated|rewritten)\\s+)";

    /** {@code New task:}, {@code ### Instruction:}, {@code **New task**}, with what stands before the text itself. */
    private static final Pattern LABEL = Pattern.compile(
            "[#*_\\s]*+(?:" + NEW + "?" + TASK + "[*_\\s]*+[:：][*_]*+|" + NEW + TASK + "\\**\\s*\\n)\\s*",
            Pattern.CASE_INSENSITIVE);

    /** {@code Sure! Here is what you wanted:} or {@code Here is a new task:}, on a line of its own. */
    private static final Pattern PREAMBLE = Pattern.compile(
            "(?:(?:sure|certainly|of course|okay)[!,.]?\\s+here(?:['’]s| is)\\b|here(?:['’]s| is)\\s+"
                    + "(?:an?|one|the|your|another)\\s+(?:[a-z-]{1,20},?\\s+){0,4}" + TASK
                    + "\\b)[^\\n]{0,80}:[*_]*[ \\t]*+\\n\\s*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern FENCE = Pattern.compile("```[A-Za-z]*\\n(.*)\\n```", Pattern.DOTALL);
    private static final Pattern BOLD = Pattern.compile("\\*\\*([^*]+)\\*\\*");
    private static final List<Pattern> QUOTES =
            List.of(Pattern.compile("\"([^\"]+)\""), Pattern.compile("“([^“”]+)”"), Pattern.compile("«([^«»]+)»"));

    /** More than models put around a text; bounded, so that a degenerate reply is read in linear time. */
    private static final int MOST_LAYERS = 8;

    private InstructionParser() {}

    /** The instruction in a complete reply to a request with this frame; empty when nothing usable is left. */
    public static Optional<String> parse(String reply, Frame frame) {
        return parseAlone(Reasoning.stripBeforeText(reply), frame);
    }

    /** The same of a text without reasoning before it. */
    static Optional<String> parseAlone(String reply, Frame frame) {
        String text = reply.strip();
        for (int layer = 0; layer < MOST_LAYERS; layer++) {
            text = unwrap(withoutFrame(text, frame));
        }
        return text.isEmpty() || frame.occursIn(text) ? Optional.empty() : Optional.of(text);
    }

    /** Without the first and the last line where these carry the frame's code, as when a model imitates the example. */
    private static String withoutFrame(String text, Frame frame) {
        List<String> lines = text.lines().toList();
        int from = !lines.isEmpty() && frame.occursIn(lines.get(0)) ? 1 : 0;
        int to = lines.size() > from && frame.occursIn(lines.get(lines.size() - 1)) ? lines.size() - 1 : lines.size();
        return from == 0 && to == lines.size()
                ? text
                : lines.subList(from, to).stream().collect(Collectors.joining("\n"));
    }

    private static String unwrap(String text) {
        String rest = after(LABEL, after(PREAMBLE, text));
        rest = inside(BOLD, inside(FENCE, rest));
        for (Pattern quotes : QUOTES) {
            rest = inside(quotes, rest);
        }
        return rest.strip();
    }

    private static String after(Pattern start, String text) {
        Matcher matcher = start.matcher(text);
        int from = 0;
        while (matcher.lookingAt()) {
            from = matcher.end();
            matcher.region(from, text.length());
        }
        return text.substring(from);
    }

    private static String inside(Pattern wrapping, String text) {
        Matcher matcher = wrapping.matcher(text);
        return matcher.matches() && !matcher.group(1).contains("```") ? matcher.group(1) : text;
    }
}
