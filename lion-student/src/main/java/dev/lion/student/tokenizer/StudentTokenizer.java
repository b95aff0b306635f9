package dev.lion.student.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.checkpoint.JsonFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Text to token ids and back, by a Hugging Face BPE tokenizer without truncation, padding or added tokens.
 *
 * <p>Text never becomes a special token: an instruction that contains {@code <|endoftext|>} is encoded as the characters
 * that it consists of. Whoever wants an end of text appends {@link #eosId()}.
 *
 * <p>May be used by several threads; {@link #close()} frees native memory and must not run beside another call.
 */
public final class StudentTokenizer implements AutoCloseable {
    private static final String TOKENIZER = "tokenizer.json";
    private static final String CONFIG = "tokenizer_config.json";

    static {
        NativeSettings.apply();
    }

    private final byte[] file;
    private final ObjectNode config;
    private final HuggingFaceTokenizer plain;
    private final Set<Integer> specialIds;
    private final int vocabSize;
    private final int eosId;
    private final int padId;

    private StudentTokenizer(byte[] file, ObjectNode config, TokenizerJson json, int eosId, int padId) {
        this.file = file;
        this.config = config;
        this.vocabSize = json.vocabSize();
        this.specialIds = json.specialIds(eosId, padId);
        this.eosId = eosId;
        this.padId = padId;
        this.plain = open(json.forPlainText(specialIds));
    }

    private static HuggingFaceTokenizer open(ObjectNode json) {
        var options = Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");
        var bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        try {
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(bytes), options);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory does not fail", e);
        }
    }

    /**
     * Learns a byte-level BPE from texts, with the special tokens {@code <|endoftext|>} (id 0) and {@code <|pad|>} (1).
     * Feed it what the student will see: whole prompts and answers. The result depends on the texts alone, not on their
     * order.
     *
     * @param vocabSize the most tokens, 258 at least; the vocabulary is smaller when no further pair of tokens occurs twice
     */
    public static StudentTokenizer train(Iterable<String> texts, int vocabSize) {
        if (vocabSize < BytePairVocabulary.SMALLEST) {
            throw new IllegalArgumentException("a byte-level vocabulary has at least " + BytePairVocabulary.SMALLEST
                    + " tokens, the bytes and two special ones; asked for " + vocabSize);
        }
        var pieces = new PieceCounts();
        texts.forEach(pieces::add);
        var vocabulary = new BytePairVocabulary();
        BytePairTrainer.train(vocabulary, pieces.asMap(), vocabSize);
        return of(vocabulary);
    }

    static StudentTokenizer of(BytePairVocabulary vocabulary) {
        ObjectNode config = JsonNodeFactory.instance
                .objectNode()
                .put("tokenizer_class", "PreTrainedTokenizerFast")
                .put("bos_token", BytePairVocabulary.END_OF_TEXT)
                .put("eos_token", BytePairVocabulary.END_OF_TEXT)
                .put("pad_token", BytePairVocabulary.PAD)
                .put("clean_up_tokenization_spaces", false);
        ObjectNode json = vocabulary.toTokenizerJson();
        var tokens = new TokenizerJson(Path.of(TOKENIZER), json);
        return new StudentTokenizer(
                json.toPrettyString().getBytes(StandardCharsets.UTF_8),
                config,
                tokens,
                tokens.idOf(BytePairVocabulary.END_OF_TEXT).orElseThrow(),
                tokens.idOf(BytePairVocabulary.PAD).orElseThrow());
    }

    /**
     * Reads {@code tokenizer.json} and {@code tokenizer_config.json}. The end-of-text token is the latter's {@code
     * eos_token}, without it the first {@code eos_token_id} of {@code config.json}; the padding token is {@code pad_token},
     * without it the end-of-text token.
     *
     * @throws CheckpointException when a file is missing or damaged, is not of a BPE tokenizer, or names no end of text
     */
    public static StudentTokenizer read(Path folder) throws IOException {
        Path file = required(folder, TOKENIZER);
        byte[] bytes = Files.readAllBytes(file);
        var tokens = new TokenizerJson(file, JsonFile.parse(file, bytes));
        ObjectNode config = JsonFile.read(required(folder, CONFIG));
        int eosId = tokenId(folder, config, "eos_token", tokens)
                .or(() -> eosIdOfModel(folder))
                .orElseThrow(() -> new CheckpointException(folder + ": " + CONFIG
                        + " names no eos_token, nor does config.json give an eos_token_id; set one"));
        int padId = tokenId(folder, config, "pad_token", tokens).orElse(eosId);
        try {
            return new StudentTokenizer(bytes, config, tokens, eosId, padId);
        } catch (RuntimeException e) {
            throw new CheckpointException(file + ": not a tokenizer that can be used: " + e.getMessage(), e);
        }
    }

    private static Path required(Path folder, String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException(
                    file + " is missing; a tokenizer's folder holds " + TOKENIZER + " and " + CONFIG);
        }
        return file;
    }

    /** The token is given as its text, or as an object with it. */
    private static Optional<Integer> tokenId(Path folder, ObjectNode config, String field, TokenizerJson tokens) {
        JsonNode token = config.path(field);
        String text = token.isObject() ? token.path("content").asText() : token.asText();
        if (token.isMissingNode() || token.isNull()) {
            return Optional.empty();
        }
        OptionalInt id = tokens.idOf(text);
        if (id.isEmpty()) {
            throw new CheckpointException(
                    folder.resolve(CONFIG) + ": the " + field + " '" + text + "' is not a token of " + TOKENIZER);
        }
        return Optional.of(id.getAsInt());
    }

    private static Optional<Integer> eosIdOfModel(Path folder) {
        Path file = folder.resolve("config.json");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode ids = JsonFile.read(file).path("eos_token_id");
            JsonNode id = ids.isArray() ? ids.path(0) : ids;
            return id.isInt() ? Optional.of(id.asInt()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("could not read " + file, e);
        }
    }

    /**
     * Writes {@code tokenizer.json} as it was read or trained, and {@code tokenizer_config.json}, forced to the disk.
     *
     * @param maxLength the longest sequence of the model that uses it, in tokens: {@code model_max_length}
     * @throws IOException naming the file, when it cannot be written in full
     */
    public void writeTo(Path folder, int maxLength) throws IOException {
        JsonFile.writeBytes(folder.resolve(TOKENIZER), file);
        JsonFile.write(folder.resolve(CONFIG), config.deepCopy().put("model_max_length", maxLength));
    }

    /** The text's tokens and nothing else; none of them is special. An unpaired surrogate is encoded as U+FFFD. */
    public int[] encode(String text) {
        long[] ids = idsOf(ByteAlphabet.wellFormed(text));
        return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
    }

    /** Only the ids: {@code HuggingFaceTokenizer.encode} copies every token's text and place as well. */
    private long[] idsOf(String text) {
        long encoding = TokenizersLibrary.LIB.encode(plain.getHandle(), text, false);
        try {
            return TokenizersLibrary.LIB.getTokenIds(encoding);
        } finally {
            TokenizersLibrary.LIB.deleteEncoding(encoding);
        }
    }

    /** The text of the tokens, special ones left out. Bytes that are not UTF-8 become U+FFFD. */
    public String decode(int[] ids) {
        long[] text = Arrays.stream(ids)
                .filter(id -> !specialIds.contains(id))
                .asLongStream()
                .toArray();
        return plain.decode(text);
    }

    /** One more than the largest id: the fewest rows of an embedding for these tokens. */
    public int vocabSize() {
        return vocabSize;
    }

    /** The token that ends a text. */
    public int eosId() {
        return eosId;
    }

    /** The token that fills up a batch; the end-of-text token where the tokenizer has none of its own. */
    public int padId() {
        return padId;
    }

    /** Frees the native tokenizer. */
    @Override
    public void close() {
        plain.close();
    }
}
