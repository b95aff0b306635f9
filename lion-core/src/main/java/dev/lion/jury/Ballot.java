package dev.lion.jury;

import dev.lion.data.Verdict;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One juror's verdict.
 *
 * @param juror who: 1 to 60 letters, digits and {@code . _ : / @ + -}
 * @param verdict what they say
 */
public record Ballot(String juror, Verdict verdict) {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._:/@+-]{1,60}");

    public Ballot {
        requireName(juror);
        Objects.requireNonNull(verdict, "verdict");
    }

    static String requireName(String juror) {
        if (!NAME.matcher(juror).matches()) {
            throw new IllegalArgumentException(
                    "a juror's name must be 1 to 60 letters, digits and . _ : / @ + -, but was '" + juror + "'");
        }
        return juror;
    }
}
