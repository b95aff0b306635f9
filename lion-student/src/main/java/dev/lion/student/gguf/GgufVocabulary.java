package dev.lion.student.gguf;

import dev.lion.student.tokenizer.StudentTokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A vocabulary as llama.cpp knows one.
 *
 * @param kind how text becomes tokens
 * @param pre what llama.cpp calls the way in which text is cut before it is merged
 * @param tokens the texts of all tokens, by id
 * @param types what each token is
 * @param scores the higher the earlier a token is made of others; empty for {@link Kind#BYTE_LEVEL}
 * @param merges the pairs that become one, the first first, with a space between; empty for {@link Kind#SENTENCE_PIECE}
 * @param spacePrefix whether a space is put before a text, and before what follows a special token
 * @param steering the tokens that begin, end and fill up texts
 */
public record GgufVocabulary(
        Kind kind,
        String pre,
        List<String> tokens,
        List<TokenType> types,
        List<Float> scores,
        List<String> merges,
        boolean spacePrefix,
        SteeringTokens steering) {
    /** The tokenizers of llama.cpp that lion's students have. */
    public enum Kind {
        /** GPT-2's: bytes, merged by rank within the pieces that a text is cut into. */
        BYTE_LEVEL("gpt2"),
        /** Llama 2's: characters, merged by score within the whole text; what is no token becomes its bytes. */
        SENTENCE_PIECE("llama");

        private final String model;

        Kind(String model) {
            this.model = model;
        }

        /** What {@code tokenizer.ggml.model} calls it. */
        String model() {
            return model;
        }
    }

    /**
     * A tokenizer in llama.cpp's words.
     *
     * @param beginning the special token that prompts begin with because the prompt format writes it
     * @param endOfTurn the token that ends an answer
     * @param rows of the model's embedding, which may be more than the tokenizer has tokens
     * @throws dev.lion.student.checkpoint.CheckpointException naming what llama.cpp has no counterpart of
     */
    public static GgufVocabulary of(StudentTokenizer tokenizer, OptionalInt beginning, int endOfTurn, int rows) {
        return VocabularyReader.read(tokenizer, beginning, endOfTurn, rows);
    }

    public GgufVocabulary {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(pre, "pre");
        Objects.requireNonNull(steering, "steering");
        tokens = List.copyOf(tokens);
        types = List.copyOf(types);
        scores = List.copyOf(scores);
        merges = List.copyOf(merges);
        if (tokens.size() != types.size() || (!scores.isEmpty() && scores.size() != tokens.size())) {
            throw new IllegalArgumentException("a vocabulary of " + tokens.size() + " tokens has " + types.size()
                    + " types and " + scores.size() + " scores");
        }
    }

    /**
     * The tokenizer that these words describe: what llama.cpp makes of text, as far as lion knows it.
     *
     * @param file what messages call it
     */
    public StudentTokenizer tokenizer(Path file) {
        return VocabularyTokenizer.of(this, file);
    }
}
