package dev.lion.student.tokenizer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that steer a model, by the texts that stand for them in chat templates. In the words of a user or a model such a
 * text is only text: {@link #guard} marks it there, before a template puts the words between real ones.
 *
 * <p>Immutable; may be used by several threads.
 */
public final class SpecialTokens {
    private final Map<String, Token> byText = new HashMap<>();
    private final Map<Integer, String> texts = new HashMap<>();
    private final Map<Character, List<Token>> byFirst = new HashMap<>();
    private final List<Token> wordTokens = new ArrayList<>();

    /**
     * A special token of a tokenizer's file.
     *
     * @param takesLeft whether it swallows white space before it, {@code lstrip}
     * @param takesRight whether it swallows white space after it, {@code rstrip}
     */
    record Token(int id, String text, boolean takesLeft, boolean takesRight) {}

    /** A part of a text between special tokens, or one of them. */
    public sealed interface Part {
        /** Ordinary text, not empty. */
        record Text(String text) implements Part {
            public Text {
                Objects.requireNonNull(text, "text");
            }
        }

        /** A special token. */
        record Special(int id) implements Part {}
    }

    SpecialTokens(Collection<Token> tokens) {
        for (Token token : tokens) {
            if (!token.text().isEmpty()) {
                byText.put(token.text(), token);
                texts.put(token.id(), token.text());
                byFirst.computeIfAbsent(token.text().charAt(0), first -> new ArrayList<>())
                        .add(token);
                if (token.text().length() > 1 && !isSign(token.text().charAt(0))) {
                    wordTokens.add(token);
                }
            }
        }
        byFirst.values()
                .forEach(list -> list.sort(
                        Comparator.comparingInt((Token token) -> -token.text().length())));
    }

    /** The token that a text stands for. */
    public OptionalInt idOf(String text) {
        Token token = byText.get(text);
        return token == null ? OptionalInt.empty() : OptionalInt.of(token.id());
    }

    /** The text that stands for a special token. */
    public Optional<String> textOf(int id) {
        return Optional.ofNullable(texts.get(id));
    }

    /**
     * The words with guards, so that {@link #split} takes each text in them that stands for a special token for text, and
     * goes on to do so when a template has cut them, changed their case or put something beside them. A guard stands behind
     * every sign, such as {@code <}, that a special token begins with; where one begins with a letter, a digit or a space,
     * behind the first two characters of words that begin as it does, in any case.
     *
     * @param guard a character that is nowhere in the words; whoever encodes them takes it out again
     * @param markup texts that a template looks for in words, such as {@code </think>}; they get no guard, unless one is a
     *     special token's
     */
    public String guard(String words, char guard, Collection<String> markup) {
        var guarded = new StringBuilder(words.length());
        for (int i = 0; i < words.length(); i++) {
            guarded.append(words.charAt(i));
            if (beginsToken(words, i) || (i > 0 && beginsWordToken(words, i - 1))) {
                int place = i;
                boolean kept = markup.stream().anyMatch(text -> words.startsWith(text, place));
                guarded.append(kept && !holdsToken(words, i) ? "" : guard);
            }
        }
        return guarded.toString();
    }

    private boolean beginsToken(String words, int place) {
        char first = words.charAt(place);
        return (isSign(first) && byFirst.containsKey(first)) || at(words, place) != null;
    }

    /** Whether a special token is there, in any case. */
    private boolean holdsToken(String words, int place) {
        return byText.keySet().stream().anyMatch(text -> words.regionMatches(true, place, text, 0, text.length()));
    }

    /** Whether the two characters are the first of a special token that begins as words do, in any case. */
    private boolean beginsWordToken(String words, int place) {
        return wordTokens.stream().anyMatch(token -> token.text().regionMatches(true, 0, words, place, 2));
    }

    private static boolean isSign(char c) {
        return !Character.isLetterOrDigit(c) && !Character.isWhitespace(c);
    }

    /** Cuts a text at its special tokens, the longest first where several begin. */
    public List<Part> split(String text) {
        var parts = new ArrayList<Part>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            Token token = at(text, i);
            if (token != null) {
                addText(parts, text.substring(start, token.takesLeft() ? stripped(text, start, i) : i));
                parts.add(new Part.Special(token.id()));
                start = i + token.text().length();
                while (token.takesRight() && start < text.length() && Character.isWhitespace(text.charAt(start))) {
                    start++;
                }
                i = start - 1;
            }
        }
        addText(parts, text.substring(start));
        return parts;
    }

    private static int stripped(String text, int start, int end) {
        int last = end;
        while (last > start && Character.isWhitespace(text.charAt(last - 1))) {
            last--;
        }
        return last;
    }

    private static void addText(List<Part> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text));
        }
    }

    private @Nullable Token at(String text, int place) {
        for (Token token : byFirst.getOrDefault(text.charAt(place), List.of())) {
            if (text.startsWith(token.text(), place)) {
                return token;
            }
        }
        return null;
    }
}
