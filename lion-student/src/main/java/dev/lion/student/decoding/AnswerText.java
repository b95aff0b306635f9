package dev.lion.student.decoding;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The text of an answer while its tokens come: whole characters, of which a token may hold a part only, up to a stop string,
 * which may begin in one token and end in another.
 */
final class AnswerText {
    /** More tokens than a character ever takes: what is not one by then never will be. */
    private static final int LONGEST_CHARACTER = 32;

    private static final String UNKNOWN = "\uFFFD";

    private final Function<int[], String> detokenizer;
    private final List<String> stops;
    private final Consumer<String> onText;
    private final StringBuilder text = new StringBuilder();
    private int given;
    /** Tokens from here on are decoded again, as what is before a token may decide how it is written. */
    private int before;
    /** Tokens up to here are in the text. */
    private int read;

    AnswerText(Function<int[], String> detokenizer, List<String> stops, Consumer<String> onText) {
        this.detokenizer = detokenizer;
        this.stops = stops;
        this.onText = onText;
    }

    /** Takes note that there are more tokens; whether a stop string is complete, with which the text ends. */
    boolean grow(List<Integer> tokens) {
        String fresh = fresh(tokens);
        boolean whole = !fresh.endsWith(UNKNOWN) || tokens.size() - read > LONGEST_CHARACTER;
        return !fresh.isEmpty() && whole && take(fresh, tokens.size());
    }

    /** Gives what is left when no token will follow; whether a stop string is complete in it. */
    boolean end(List<Integer> tokens) {
        boolean stopped = take(fresh(tokens), tokens.size());
        if (!stopped) {
            give(text.length());
        }
        return stopped;
    }

    String text() {
        return text.toString();
    }

    private String fresh(List<Integer> tokens) {
        String context = decode(tokens.subList(before, read));
        String all = decode(tokens.subList(before, tokens.size()));
        return all.startsWith(context) ? all.substring(context.length()) : decode(tokens.subList(read, tokens.size()));
    }

    private String decode(List<Integer> tokens) {
        return tokens.isEmpty()
                ? ""
                : detokenizer.apply(tokens.stream().mapToInt(Integer::intValue).toArray());
    }

    private boolean take(String fresh, int tokens) {
        before = read;
        read = tokens;
        int old = text.length();
        text.append(fresh);
        int end = firstStop(old);
        if (end >= 0) {
            text.setLength(end);
        }
        give(end >= 0 ? end : text.length() - longestBegun());
        return end >= 0;
    }

    /** Where the first stop string begins that ends after a place. */
    private int firstStop(int old) {
        return stops.stream()
                .mapToInt(stop -> text.indexOf(stop, Math.max(0, old - stop.length() + 1)))
                .filter(place -> place >= 0)
                .min()
                .orElse(-1);
    }

    /** Characters at the end that may belong to a stop string. */
    private int longestBegun() {
        return stops.stream().mapToInt(this::begun).max().orElse(0);
    }

    private int begun(String stop) {
        int most = Math.min(stop.length() - 1, text.length());
        for (int length = most; length > 0; length--) {
            if (stop.startsWith(text.substring(text.length() - length))) {
                return length;
            }
        }
        return 0;
    }

    private void give(int end) {
        if (end > given) {
            onText.accept(text.substring(given, end));
            given = end;
        }
    }
}
