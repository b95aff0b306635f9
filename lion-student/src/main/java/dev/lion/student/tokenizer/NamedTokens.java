package dev.lion.student.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.checkpoint.JsonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The tokens that {@code tokenizer_config.json} names.
 *
 * @param texts {@code bos_token}, {@code eos_token} and {@code pad_token}, those that there are
 * @param eos the token that ends a text
 * @param pad the token that fills up a batch
 * @param addedBos the token that Hugging Face's tokenizer puts before every text, where it puts one
 */
record NamedTokens(Map<String, String> texts, int eos, int pad, OptionalInt addedBos) {
    private static final List<String> NAMES = List.of("bos_token", "eos_token", "pad_token");
    /** The classes that begin a text unless told not to. */
    private static final Set<String> BEGINNING = Set.of("LlamaTokenizer", "LlamaTokenizerFast");

    NamedTokens {
        texts = Map.copyOf(texts);
    }

    static NamedTokens read(Path folder, ObjectNode config, TokenizerJson tokens) {
        var texts = new HashMap<String, String>();
        var ids = new HashMap<String, Integer>();
        for (String name : NAMES) {
            text(folder, name, config.path(name)).ifPresent(text -> {
                texts.put(name, text);
                ids.put(name, idOf(folder, name, text, tokens));
            });
        }
        if (texts.containsValue("")) {
            throw new CheckpointException(
                    folder.resolve(StudentTokenizer.CONFIG) + ": names a special token without text: " + texts);
        }
        int eos = Optional.ofNullable(ids.get("eos_token"))
                .or(() -> eosIdOfModel(folder, tokens))
                .orElseThrow(() -> new CheckpointException(folder + ": " + StudentTokenizer.CONFIG
                        + " names no eos_token, nor does config.json give an eos_token_id; set one"));
        OptionalInt bos = Stream.ofNullable(ids.get("bos_token"))
                .mapToInt(Integer::intValue)
                .findFirst();
        boolean added = beginsWith(texts.getOrDefault("bos_token", ""), config, tokens);
        return new NamedTokens(texts, eos, ids.getOrDefault("pad_token", eos), added ? bos : OptionalInt.empty());
    }

    /** The tokens that are special because of their names. */
    Set<Integer> ids() {
        var ids = new HashSet<>(List.of(eos, pad));
        addedBos.ifPresent(ids::add);
        return ids;
    }

    /** The token is given as its text, or as an object with it. */
    private static Optional<String> text(Path folder, String name, JsonNode token) {
        if (token.isMissingNode() || token.isNull()) {
            return Optional.empty();
        }
        JsonNode text = token.isObject() ? token.path("content") : token;
        if (!text.isTextual()) {
            throw new CheckpointException(folder.resolve(StudentTokenizer.CONFIG) + ": the " + name + " " + token
                    + " is neither a text nor an object with a text as its content");
        }
        return Optional.of(text.asText());
    }

    private static int idOf(Path folder, String name, String text, TokenizerJson tokens) {
        return tokens.idOf(text)
                .orElseThrow(() -> new CheckpointException(folder.resolve(StudentTokenizer.CONFIG) + ": the " + name
                        + " '" + text + "' is not a token of " + StudentTokenizer.TOKENIZER));
    }

    /** As Hugging Face does: the configuration decides, else the file's post-processor, else the class of the tokenizer. */
    private static boolean beginsWith(String bos, ObjectNode config, TokenizerJson tokens) {
        if (config.path("add_bos_token").isBoolean()) {
            return config.path("add_bos_token").asBoolean();
        }
        return tokens.beginsWith(bos)
                .orElseGet(
                        () -> BEGINNING.contains(config.path("tokenizer_class").asText()));
    }

    private static Optional<Integer> eosIdOfModel(Path folder, TokenizerJson tokens) {
        Path file = folder.resolve("config.json");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode ids = JsonFile.read(file).path("eos_token_id");
            JsonNode id = ids.isArray() ? ids.path(0) : ids;
            if (id.isInt() && !tokens.textsById().containsKey(id.asInt())) {
                throw new CheckpointException(
                        file + ": the eos_token_id " + id + " is no token of " + StudentTokenizer.TOKENIZER);
            }
            return id.isInt() ? Optional.of(id.asInt()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("could not read " + file, e);
        }
    }
}
