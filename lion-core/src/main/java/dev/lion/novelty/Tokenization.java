package dev.lion.novelty;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a text is cut into the tokens that {@link RougeL} compares. Stateless; any thread. */
public enum Tokenization {
    /**
     * The paper's: the text is lower-cased, every run of characters outside {@code [a-z0-9]} separates tokens. A text in
     * another alphabet has no token.
     */
    PAPER {
        @Override
        void scan(String text, Sink sink) {
            String lower = text.toLowerCase(Locale.ROOT);
            int start = -1;
            for (int i = 0; i < lower.length(); i++) {
                if (!isPaperCharacter(lower.charAt(i))) {
                    emit(lower, start, i, sink);
                    start = -1;
                } else if (start < 0) {
                    start = i;
                }
            }
            emit(lower, start, lower.length(), sink);
        }
    },

    /**
     * For every language: after compatibility normalisation (NFKC) and case folding, a run of letters, digits and their
     * marks is a token; in scripts that do not separate words (Han, kana, Thai, Lao, Khmer, Myanmar and some of their
     * neighbours) each letter with its marks is one, and so is each pictograph (emoji). Invisible format characters,
     * variation selectors and skin tones do not count; everything else separates. Texts in ASCII have the same tokens as
     * with {@link #PAPER}.
     */
    UNICODE {
        @Override
        void scan(String text, Sink sink) {
            if (text.chars().allMatch(c -> c < ASCII)) {
                PAPER.scan(text, sink);
            } else {
                UnicodeScan.scan(text, sink);
            }
        }
    };

    private static final int ASCII = 0x80;

    /** Takes one token after another: a region of a normalised text. */
    @FunctionalInterface
    interface Sink {
        void token(String text, int from, int to);
    }

    /** The tokens of a text, in order. */
    public List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        scan(text, (normalised, from, to) -> tokens.add(normalised.substring(from, to)));
        return tokens;
    }

    abstract void scan(String text, Sink sink);

    private static boolean isPaperCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    private static void emit(String text, int from, int to, Sink sink) {
        if (from >= 0) {
            sink.token(text, from, to);
        }
    }
}
