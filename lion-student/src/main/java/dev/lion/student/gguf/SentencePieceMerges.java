package dev.lion.student.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lion.student.checkpoint.CheckpointException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Merges by rank, as {@code tokenizer.json} has them, and the scores of tokens, as llama.cpp has them: with scores, every two
 * neighbours that make a token may merge, those first whose token has the highest score. Both say the same when all merges of
 * a token stand together and none is left out, as in files that were made from a SentencePiece model.
 */
final class SentencePieceMerges {
    private final List<String> tokens;
    private final List<TokenType> types;

    SentencePieceMerges(List<String> tokens, List<TokenType> types) {
        this.tokens = tokens;
        this.types = types;
    }

    /** Two neighbours. */
    record Pair(String left, String right) {
        String token() {
            return left + right;
        }

        static Pair of(JsonNode merge) {
            if (merge.isArray()) {
                return new Pair(merge.path(0).asText(), merge.path(1).asText());
            }
            String text = merge.asText();
            int space = Math.max(0, text.indexOf(' '));
            return new Pair(text.substring(0, space), text.substring(Math.min(text.length(), space + 1)));
        }
    }

    /**
     * The score of each token.
     *
     * @throws CheckpointException when scores cannot say what the merges say
     */
    List<Float> scores(JsonNode merges) {
        var ranks = new LinkedHashMap<String, Integer>();
        var pairs = new HashSet<Pair>();
        String last = "";
        for (JsonNode merge : merges) {
            Pair pair = Pair.of(merge);
            pairs.add(pair);
            if (!pair.token().equals(last) && ranks.containsKey(pair.token())) {
                throw new CheckpointException("the tokenizer's merges of '" + pair.token()
                        + "' do not stand together, so that no scores of a GGUF file say the same; export to"
                        + " safetensors instead");
            }
            last = pair.token();
            ranks.putIfAbsent(last, ranks.size() + 1);
        }
        requireAll(pairs);
        return tokens.stream()
                .map(token -> -(float) ranks.getOrDefault(token, 0))
                .toList();
    }

    private void requireAll(Set<Pair> merges) {
        for (Pair pair : splits()) {
            if (!merges.contains(pair)) {
                throw new CheckpointException("the tokenizer does not merge '" + pair.left() + "' and '" + pair.right()
                        + "', although what they make is a token; llama.cpp would, so export to safetensors instead");
            }
        }
    }

    /** All pairs of which llama.cpp makes tokens, in the order of the tokens' ids. */
    private List<Pair> splits() {
        var normal = new HashSet<String>();
        for (int id = 0; id < tokens.size(); id++) {
            if (types.get(id) == TokenType.NORMAL) {
                normal.add(tokens.get(id));
            }
        }
        var pairs = new ArrayList<Pair>();
        for (String token : tokens) {
            if (normal.contains(token)) {
                for (int cut = 1; cut < token.length(); cut++) {
                    addSplit(token, cut, normal, pairs);
                }
            }
        }
        return pairs;
    }

    /** A part of one character need not be a token for llama.cpp to merge it. */
    private static void addSplit(String token, int cut, Set<String> normal, List<Pair> pairs) {
        if (Character.isLowSurrogate(token.charAt(cut))) {
            return;
        }
        var pair = new Pair(token.substring(0, cut), token.substring(cut));
        if (isPart(pair.left(), normal) && isPart(pair.right(), normal)) {
            pairs.add(pair);
        }
    }

    private static boolean isPart(String text, Set<String> normal) {
        return normal.contains(text) || text.codePointCount(0, text.length()) == 1;
    }

    /** The merges that scores stand for, those of the highest score first. */
    List<Pair> merges(List<Float> scores) {
        Map<String, Float> scoreOf = new HashMap<>();
        for (int id = 0; id < tokens.size(); id++) {
            scoreOf.put(tokens.get(id), scores.get(id));
        }
        var pairs = new ArrayList<>(splits());
        pairs.sort((a, b) -> Float.compare(scoreOf.getOrDefault(b.token(), 0f), scoreOf.getOrDefault(a.token(), 0f)));
        return pairs;
    }
}
