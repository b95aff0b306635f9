package dev.lion.student.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.ModelFamily;
import dev.lion.student.decoder.Parameters;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Writes small models for {@code src/test/jlama/check.sh}: a folder for each family and type of weights that Jlama reads,
 * with the tokens that lion takes greedily after a prompt in {@code greedy.json}.
 */
public final class GreedyFolders {
    private static final int PROMPT = 8;
    private static final int TOKENS = 12;

    /**
     * By how much the most likely token's logit must exceed the next one's: with the same weights, to the bit, Jlama's own
     * logits in bfloat16 and float32 differ by some hundredths; a lead of 0.05 was seen to be lost.
     */
    private static final double LEAD = 0.1;

    private GreedyFolders() {}

    /** Writes into the folder that the argument names. */
    public static void main(String[] arguments) throws IOException {
        try (var tokenizer = StudentTokenizer.train(List.of("a text to count pairs in, over and over in it"), 300)) {
            for (ModelFamily family : List.of(ModelFamily.LLAMA, ModelFamily.QWEN2, ModelFamily.MISTRAL)) {
                for (StoredType type : List.of(StoredType.F32, StoredType.BF16)) {
                    String name = family.modelType() + "-" + type.name().toLowerCase(Locale.ROOT);
                    write(
                            Files.createDirectories(Path.of(arguments[0], name)),
                            shape(family, tokenizer),
                            type,
                            tokenizer);
                }
            }
        }
    }

    /** Jlama's vector code wants widths that are multiples of 16. */
    private static DecoderConfig shape(ModelFamily family, StudentTokenizer tokenizer) {
        return DecoderConfig.builder()
                .family(family)
                .vocabSize(tokenizer.vocabSize())
                .hiddenSize(64)
                .intermediateSize(96)
                .numHiddenLayers(2)
                .numAttentionHeads(4)
                .numKeyValueHeads(2)
                .headDim(16)
                .maxPositionEmbeddings(256)
                .tieWordEmbeddings(family != ModelFamily.MISTRAL)
                .build();
    }

    private static void write(Path folder, DecoderConfig shape, StoredType type, StudentTokenizer tokenizer)
            throws IOException {
        var tokens = SpecialTokenIds.of(tokenizer.eosId(), tokenizer.padId());
        CheckpointFolder.write(
                folder,
                ModelDescription.of(shape, tokens),
                CheckpointFormat.ofType(type),
                new ReferenceWeights(shape.parameterShapes()));
        tokenizer.writeTo(folder, shape.maxPositionEmbeddings());
        JsonFile.write(folder.resolve("greedy.json"), greedy(CheckpointFolder.open(folder)));
    }

    private static ObjectNode greedy(CheckpointFolder opened) throws IOException {
        try (var decoder = Decoder.open(opened.config(), false)) {
            var weights = Parameters.zeros(decoder);
            for (String name : weights.names()) {
                opened.readInto(name, weights.bytes(name).asFloatBuffer());
            }
            var model = DecoderModel.full(decoder, weights);
            return IntStream.iterate(0, seed -> seed + 1)
                    .mapToObj(seed -> clearText(model, seed))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** A prompt and what follows it; empty when two tokens are nearly as likely as each other somewhere. */
    private static Optional<ObjectNode> clearText(DecoderModel model, int seed) {
        int vocabulary = model.decoder().config().vocabSize();
        int[] tokens = new Random(seed).ints(PROMPT + TOKENS, 2, vocabulary).toArray();
        for (int place = PROMPT; place < tokens.length; place++) {
            float[] logits = model.logits(Arrays.copyOf(tokens, place))[place - 1];
            int[] best = IntStream.range(0, vocabulary)
                    .boxed()
                    .sorted(Comparator.comparing(token -> -logits[token]))
                    .limit(2)
                    .mapToInt(Integer::intValue)
                    .toArray();
            if (logits[best[0]] - logits[best[1]] < LEAD) {
                return Optional.empty();
            }
            tokens[place] = best[0];
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Arrays.stream(tokens).limit(PROMPT).forEach(json.putArray("prompt")::add);
        Arrays.stream(tokens).skip(PROMPT).forEach(json.putArray("greedy")::add);
        return Optional.of(json);
    }
}
