package dev.lion.student.prompt;

import dev.lion.student.prompt.Renderer.Rendered;
import dev.lion.student.tokenizer.SpecialTokens.Part;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The tokens of rendered texts: special tokens by their texts, what is between them as text, guards left out. */
final class TokenEncoder {
    private final StudentTokenizer tokenizer;

    TokenEncoder(StudentTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** How the tokenizer is to take the first words: as the start of a text, after a special token, or after other words. */
    private enum Start {
        TEXT,
        TOKEN,
        WORDS
    }

    /** The tokens of a whole text, after the one that begins it where the tokenizer adds one that the text does not have. */
    int[] encode(Rendered rendered) {
        List<Part> parts = tokenizer.specialTokens().split(rendered.text());
        int[] tokens = encode(parts, rendered.guard(), Start.TEXT);
        OptionalInt bos = tokenizer.addedBosId();
        return bos.isEmpty() || (tokens.length > 0 && tokens[0] == bos.getAsInt())
                ? tokens
                : IntStream.concat(bos.stream(), IntStream.of(tokens)).toArray();
    }

    /** What a whole text has at least. */
    int fewest(Rendered rendered) {
        int fewest = 0;
        for (Part part : tokenizer.specialTokens().split(rendered.text())) {
            fewest += part instanceof Part.Text text ? tokenizer.fewestTokens(unguarded(text, rendered.guard())) : 1;
        }
        return fewest;
    }

    private static String unguarded(Part.Text part, char guard) {
        return part.text().replace(String.valueOf(guard), "");
    }

    /** A prompt's tokens and those of the text that goes on with it. */
    int[] continued(int[] prompt, Rendered rest) {
        int[] more = encode(tokenizer.specialTokens().split(rest.text()), rest.guard(), Start.WORDS);
        return IntStream.concat(IntStream.of(prompt), IntStream.of(more)).toArray();
    }

    /** The special token that a text begins with. */
    OptionalInt beginning(Rendered rendered) {
        List<Part> parts = tokenizer.specialTokens().split(rendered.text());
        return !parts.isEmpty() && parts.get(0) instanceof Part.Special special
                ? OptionalInt.of(special.id())
                : OptionalInt.empty();
    }

    /** The first special token of a text. */
    OptionalInt firstSpecial(Rendered rendered) {
        return tokenizer.specialTokens().split(rendered.text()).stream()
                .flatMapToInt(
                        part -> part instanceof Part.Special special ? IntStream.of(special.id()) : IntStream.empty())
                .findFirst();
    }

    private int[] encode(List<Part> parts, char guard, Start start) {
        var tokens = IntStream.builder();
        Start next = start;
        for (Part part : parts) {
            if (part instanceof Part.Special special) {
                tokens.add(special.id());
                next = Start.TOKEN;
            } else if (part instanceof Part.Text text) {
                words(unguarded(text, guard), next).forEach(tokens::add);
            }
        }
        return tokens.build().toArray();
    }

    private IntStream words(String words, Start start) {
        return IntStream.of(
                switch (start) {
                    case TEXT -> tokenizer.encode(words);
                    case TOKEN -> tokenizer.encodeAfterToken(words);
                    case WORDS -> tokenizer.encodeContinuation(words);
                });
    }
}
