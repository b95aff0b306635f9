package dev.lion.examples.puzzle;

import com.google.common.base.Splitter;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the lists of words that lie beside this class; a line that begins with # is a comment. */
final class WordLists {
    private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings();

    private WordLists() {}

    /** The lines of a list, comments left out. */
    static List<String> lines(String resource) {
        try {
            return Resources.readLines(Resources.getResource(WordLists.class, resource), StandardCharsets.UTF_8)
                    .stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the word list " + resource, e);
        }
    }

    static List<String> words(String line) {
        return WORDS.splitToList(line);
    }
}
