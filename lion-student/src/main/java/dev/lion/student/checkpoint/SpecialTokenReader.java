package dev.lion.student.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The ids of special tokens in {@code config.json} and {@code generation_config.json}. */
final class SpecialTokenReader {
    private static final String EOS = "eos_token_id";

    private final ConfigFields config;
    private final int vocab;

    private SpecialTokenReader(ConfigFields config, int vocab) {
        this.config = config;
        this.vocab = vocab;
    }

    /** Faults of both files are noted down with those of {@code config}. */
    static SpecialTokenIds read(ConfigFields config, ConfigFields generation, int vocab) {
        var reader = new SpecialTokenReader(config, vocab);
        var eos = new LinkedHashSet<Integer>();
        reader.addAll(eos, config.value(EOS));
        reader.addAll(eos, generation.value(EOS));
        return new SpecialTokenIds(reader.one("bos_token_id"), List.copyOf(eos), reader.one("pad_token_id"));
    }

    private void addAll(Set<Integer> tokens, JsonNode ids) {
        if (ids.isArray()) {
            ids.forEach(id -> token(EOS, id).ifPresent(tokens::add));
        } else {
            token(EOS, ids).ifPresent(tokens::add);
        }
    }

    private OptionalInt one(String name) {
        return token(name, config.value(name));
    }

    /** Empty for an absent id, for null, and for the −1 that some files mean by it. */
    private OptionalInt token(String name, JsonNode id) {
        if (!ConfigFields.isSet(id)) {
            return OptionalInt.empty();
        }
        if (!id.isInt() || (vocab > 0 && id.asInt() >= vocab)) {
            config.fault(name, id + " is not a token of a vocabulary of " + vocab);
            return OptionalInt.empty();
        }
        return id.asInt() < 0 ? OptionalInt.empty() : OptionalInt.of(id.asInt());
    }
}
