package dev.lion.student.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.checkpoint.JsonFile;
import dev.lion.student.checkpoint.SpecialTokenIds;
import dev.lion.student.tokenizer.TokenizerJson.Prefix;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/**
 * Text to token ids and back, by a Hugging Face BPE tokenizer without truncation, padding or added tokens.
 *
 * <p>Text never becomes a special token: an instruction that contains {@code <|endoftext|>} is encoded as the characters
 * that it consists of. Whoever wants an end of text appends {@link #eosId()}.
 *
 * <p>May be used by several threads; {@link #close()} frees native memory and must not run beside another call.
 */
public final class StudentTokenizer implements AutoCloseable {
    static final String TOKENIZER = "tokenizer.json";
    static final String CONFIG = "tokenizer_config.json";

    private static final int LONG = 1 << 15;

    /** Of this process: a long text takes some 300 bytes of native memory for each of its characters while it is cut. */
    private static final Semaphore LONG_TEXTS =
            new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    private static final SpecialTokenIds NONE =
            new SpecialTokenIds(OptionalInt.empty(), List.of(), OptionalInt.empty());

    static {
        NativeSettings.apply();
    }

    private final byte[] file;
    private final ObjectNode config;
    private final HuggingFaceTokenizer plain;
    private final HuggingFaceTokenizer unprefixed;
    private final TokenizerJson json;
    private final SpecialTokens specialTokens;
    private final Set<Integer> specialIds;
    private final NamedTokens named;
    private final int reach;

    private StudentTokenizer(
            byte[] file, ObjectNode config, TokenizerJson json, NamedTokens named, SpecialTokenIds model) {
        this.file = file;
        this.config = config;
        this.json = json;
        this.named = named;
        var steering = new HashSet<>(named.ids());
        steering.addAll(model.eos());
        model.bos().ifPresent(steering::add);
        var special = json.specialTokens(config, named.ids(), steering);
        this.specialTokens = new SpecialTokens(special);
        this.specialIds = special.stream().map(SpecialTokens.Token::id).collect(Collectors.toUnmodifiableSet());
        ObjectNode forText = json.forPlainText(specialIds);
        this.reach = TokenReach.bytes(forText);
        this.plain = open(forText);
        this.unprefixed = json.prefix() == Prefix.NONE ? plain : open(TokenizerJson.withoutPrefix(forText));
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
                NamedTokens.read(Path.of(""), config, tokens),
                NONE);
    }

    /**
     * Reads {@code tokenizer.json} and {@code tokenizer_config.json}. The end-of-text token is the latter's {@code
     * eos_token}, without it the first {@code eos_token_id} of {@code config.json}; the padding token is {@code pad_token},
     * without it the end-of-text token.
     *
     * @throws CheckpointException when a file is missing or damaged, is not of a BPE tokenizer, or names no end of text
     */
    public static StudentTokenizer read(Path folder) throws IOException {
        return read(folder, NONE);
    }

    /**
     * Reads a tokenizer, as {@link #read(Path)}, for a model.
     *
     * @param model tokens that begin or end texts for the model; no text yields them, whether the tokenizer's files call
     *     them special or not
     */
    public static StudentTokenizer read(Path folder, SpecialTokenIds model) throws IOException {
        Path file = required(folder, TOKENIZER);
        byte[] bytes = Files.readAllBytes(file);
        var tokens = new TokenizerJson(file, JsonFile.parse(file, bytes));
        ObjectNode config = JsonFile.read(required(folder, CONFIG));
        NamedTokens named = NamedTokens.read(folder, config, tokens);
        try {
            return new StudentTokenizer(bytes, config, tokens, named, model);
        } catch (RuntimeException e) {
            throw new CheckpointException(file + ": not a tokenizer that can be used: " + e.getMessage(), e);
        }
    }

    /**
     * A tokenizer from the contents of {@code tokenizer.json} and {@code tokenizer_config.json}; otherwise as {@link
     * #read(Path, SpecialTokenIds)}.
     *
     * @param file what messages call it
     */
    public static StudentTokenizer of(Path file, ObjectNode tokenizer, ObjectNode config, SpecialTokenIds model) {
        var tokens = new TokenizerJson(file, tokenizer);
        NamedTokens named = NamedTokens.read(file, config, tokens);
        return new StudentTokenizer(
                tokenizer.toString().getBytes(StandardCharsets.UTF_8), config, tokens, named, model);
    }

    private static Path required(Path folder, String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException(
                    file + " is missing; a tokenizer's folder holds " + TOKENIZER + " and " + CONFIG);
        }
        return file;
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

    /**
     * Adds in what the files of a folder are not those that {@link #writeTo} wrote.
     *
     * @param differences gets a line for each
     */
    public void compareFiles(Path folder, List<String> differences) throws IOException {
        if (!Arrays.equals(file, Files.readAllBytes(required(folder, TOKENIZER)))) {
            differences.add(TOKENIZER + " holds other bytes");
        }
        ObjectNode found = JsonFile.read(required(folder, CONFIG));
        for (String name : List.of("bos_token", "eos_token", "pad_token", "add_bos_token", "tokenizer_class")) {
            if (!config.path(name).equals(found.path(name))) {
                differences.add("the " + name + " of " + CONFIG + " is " + found.path(name) + " instead of "
                        + config.path(name));
            }
        }
    }

    /** A copy of {@code tokenizer.json} as it was read or trained, for those who write it in another form. */
    public ObjectNode json() {
        return json.copy();
    }

    /** The text's tokens and nothing else; none of them is special. An unpaired surrogate is encoded as U+FFFD. */
    public int[] encode(String text) {
        return encode(plain, text);
    }

    /** The tokens of a text that follows a special token. SentencePiece's vocabularies may mark the start of a text only. */
    public int[] encodeAfterToken(String text) {
        return encode(json.prefix() == Prefix.EVERY_PART ? plain : unprefixed, text);
    }

    /** The tokens of a text that goes on with the text before it: nothing marks its start. */
    public int[] encodeContinuation(String text) {
        return encode(unprefixed, text);
    }

    /**
     * What a text has at least, from its length alone. Where the tokenizer drops blanks or takes unknown characters together,
     * that supposes {@value TokenReach#WITHOUT_BOUND} bytes to a token.
     */
    public int fewestTokens(String text) {
        return Math.toIntExact((bytes(text) + reach - 1) / reach);
    }

    /** In UTF-8. */
    private static long bytes(String text) {
        return text.chars()
                .mapToLong(c -> c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate((char) c) ? 2 : 3)
                .sum();
    }

    private static int[] encode(HuggingFaceTokenizer tokenizer, String text) {
        if (text.length() < LONG) {
            return ids(tokenizer, text);
        }
        LONG_TEXTS.acquireUninterruptibly();
        try {
            return ids(tokenizer, text);
        } finally {
            LONG_TEXTS.release();
        }
    }

    /** Only the ids: {@code HuggingFaceTokenizer.encode} copies every token's text and place as well. */
    private static int[] ids(HuggingFaceTokenizer tokenizer, String text) {
        long encoding = TokenizersLibrary.LIB.encode(tokenizer.getHandle(), ByteAlphabet.wellFormed(text), false);
        try {
            return Arrays.stream(TokenizersLibrary.LIB.getTokenIds(encoding))
                    .mapToInt(Math::toIntExact)
                    .toArray();
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
        return json.vocabSize();
    }

    /** The token that ends a text. */
    public int eosId() {
        return named.eos();
    }

    /** The token that fills up a batch; the end-of-text token where the tokenizer has none of its own. */
    public int padId() {
        return named.pad();
    }

    /** The token that every text begins with for the model, unless its template writes it; empty where none is added. */
    public OptionalInt addedBosId() {
        return named.addedBos();
    }

    /** The tokens that no text yields. */
    public SpecialTokens specialTokens() {
        return specialTokens;
    }

    /** The texts that chat templates know by name, such as {@code bos_token} and {@code eos_token}. */
    public Map<String, String> namedTokens() {
        return named.texts();
    }

    /**
     * What is wrong with using this tokenizer for a model: more tokens than its vocabulary has, or ids that steer the model
     * and are ordinary tokens here, or none. Empty when all is well.
     *
     * @param vocabSize {@code vocab_size} of {@code config.json}
     * @param ids what {@code config.json} and {@code generation_config.json} call the model's special tokens
     */
    public List<String> faultsFor(int vocabSize, SpecialTokenIds ids) {
        var faults = new ArrayList<String>();
        if (vocabSize() > vocabSize) {
            faults.add(TOKENIZER + " has token ids up to " + (vocabSize() - 1)
                    + ", but config.json's vocab_size is only " + vocabSize);
        }
        var texts = json.textsById();
        ids.bos().ifPresent(id -> fault("bos_token_id", id, texts).ifPresent(faults::add));
        ids.eos().forEach(id -> fault("eos_token_id", id, texts).ifPresent(faults::add));
        return faults;
    }

    private Optional<String> fault(String field, int id, Map<Integer, String> texts) {
        if (json.isAdded(id) || named.ids().contains(id)) {
            return Optional.empty();
        }
        String text = texts.get(id);
        return Optional.of(
                text == null
                        ? "the " + field + " " + id + " of the model is no token of " + TOKENIZER
                        : "the " + field + " " + id + " of the model is the ordinary token '" + text + "' in "
                                + TOKENIZER);
    }

    /** Frees the native tokenizer. */
    @Override
    public void close() {
        plain.close();
        if (unprefixed != plain) {
            unprefixed.close();
        }
    }
}
