package dev.lion.student.tokenizer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tokens of a byte-level BPE in the order of their ids: the special ones, the 256 bytes, then what merges make of
 * them. With every byte a token, any text can be encoded and comes back as it was.
 */
final class BytePairVocabulary {
    static final String END_OF_TEXT = "<|endoftext|>";
    static final String PAD = "<|pad|>";
    static final int SMALLEST = 2 + ByteAlphabet.SIZE;

    private final List<String> tokens = new ArrayList<>(List.of(END_OF_TEXT, PAD));
    private final Map<String, Integer> ids = new HashMap<>();
    private final int[] byteIds = new int[ByteAlphabet.SIZE];
    private final Set<Merge> merges = new LinkedHashSet<>();

    private record Merge(int left, int right) {}

    BytePairVocabulary() {
        var symbols = new char[ByteAlphabet.SIZE];
        for (int value = 0; value < symbols.length; value++) {
            symbols[value] = ByteAlphabet.symbol(value);
        }
        Arrays.sort(symbols);
        for (char symbol : symbols) {
            idOf(String.valueOf(symbol));
        }
        for (int value = 0; value < byteIds.length; value++) {
            byteIds[value] = idOf(String.valueOf(ByteAlphabet.symbol(value)));
        }
    }

    int size() {
        return tokens.size();
    }

    /** One id for each byte. */
    int[] idsOf(byte[] bytes) {
        var result = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = byteIds[bytes[i] & 0xff];
        }
        return result;
    }

    /** Makes the two tokens merge from now on, and returns what they merge to: a new token unless it is one already. */
    int addMerge(int left, int right) {
        merges.add(new Merge(left, right));
        return idOf(tokens.get(left) + tokens.get(right));
    }

    private int idOf(String token) {
        return ids.computeIfAbsent(token, added -> {
            tokens.add(added);
            return tokens.size() - 1;
        });
    }

    /** The content of {@code tokenizer.json}. */
    ObjectNode toTokenizerJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", "1.0");
        json.putNull("truncation").putNull("padding");
        ArrayNode added = json.putArray("added_tokens");
        added.add(specialToken(END_OF_TEXT)).add(specialToken(PAD));
        json.putNull("normalizer");
        ObjectNode preTokenizer = json.putObject("pre_tokenizer").put("type", "Sequence");
        ArrayNode steps = preTokenizer.putArray("pretokenizers");
        steps.addObject().put("type", "Digits").put("individual_digits", true);
        steps.add(byteLevel());
        json.putNull("post_processor").set("decoder", byteLevel());
        json.set("model", model());
        return json;
    }

    private ObjectNode specialToken(String token) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", tokens.indexOf(token))
                .put("content", token)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", true);
    }

    private static ObjectNode byteLevel() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", true);
    }

    private ObjectNode model() {
        ObjectNode model = JsonNodeFactory.instance.objectNode().put("type", "BPE");
        model.putNull("dropout").putNull("unk_token");
        model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
        model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
        ObjectNode vocabulary = model.putObject("vocab");
        for (int id = 0; id < tokens.size(); id++) {
            vocabulary.put(tokens.get(id), id);
        }
        ArrayNode list = model.putArray("merges");
        merges.forEach(merge -> list.add(tokens.get(merge.left()) + " " + tokens.get(merge.right())));
        return model;
    }
}
