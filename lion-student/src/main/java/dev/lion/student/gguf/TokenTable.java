package dev.lion.student.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.tokenizer.SpecialTokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The tokens of a {@code tokenizer.json} by their ids, one for each row of an embedding. */
final class TokenTable {
    private final String[] texts;
    private final TokenType[] types;
    private final Map<String, Integer> ids = new HashMap<>();

    TokenTable(JsonNode tokenizer, SpecialTokens special, int rows) {
        texts = new String[rows];
        types = new TokenType[rows];
        Arrays.fill(types, TokenType.UNUSED);
        String unknown = tokenizer.path("model").path("unk_token").asText("");
        tokenizer.path("model").path("vocab").properties().forEach(token -> {
            TokenType type = token.getKey().equals(unknown) ? TokenType.UNKNOWN : TokenType.NORMAL;
            put(token.getValue().asInt(), token.getKey(), type);
        });
        for (JsonNode token : tokenizer.path("added_tokens")) {
            requirePlain(token);
            int id = token.path("id").asInt();
            put(id, token.path("content").asText(), TokenType.USER_DEFINED);
        }
        for (int id = 0; id < rows; id++) {
            if (types[id] != TokenType.UNKNOWN && special.textOf(id).isPresent()) {
                types[id] = TokenType.CONTROL;
            }
        }
        fill();
    }

    private void put(int id, String text, TokenType type) {
        String before = texts[id];
        if (before != null && !before.equals(text)) {
            throw new CheckpointException("the tokens '" + before + "' and '" + text + "' share the id " + id
                    + ", which a GGUF file cannot say; export to safetensors instead");
        }
        texts[id] = text;
        types[id] = before != null && types[id] == TokenType.UNKNOWN ? TokenType.UNKNOWN : type;
        ids.put(text, id);
    }

    /** White space around a token, and words that it must not be in, are beyond what a GGUF file says. */
    private static void requirePlain(JsonNode token) {
        for (String field : List.of("lstrip", "rstrip", "single_word")) {
            if (token.path(field).asBoolean(false)) {
                throw new CheckpointException("the token " + token.path("content") + " of the tokenizer is '" + field
                        + "', which llama.cpp does not do; export to safetensors instead");
            }
        }
    }

    private void fill() {
        for (int id = 0; id < texts.length; id++) {
            if (texts[id] == null) {
                String text = "[PAD" + id + "]";
                texts[id] = ids.containsKey(text) ? "[PAD" + id + " of lion]" : text;
            }
        }
    }

    OptionalInt idOf(String text) {
        Integer id = ids.get(text);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    void setType(int id, TokenType type) {
        types[id] = type;
    }

    List<String> texts() {
        return new ArrayList<>(Arrays.asList(texts));
    }

    List<TokenType> types() {
        return Arrays.asList(types);
    }
}
