package dev.lion.student.gguf;

import dev.lion.student.checkpoint.TensorSource;
import dev.lion.student.decoder.DecoderConfig;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a GGUF file holds beside the weights.
 *
 * @param name what the model is called
 * @param config the shape of the decoder
 * @param vocabulary the tokenizer
 * @param chatTemplate how conversations are written, in Jinja
 */
public record GgufModel(String name, DecoderConfig config, GgufVocabulary vocabulary, String chatTemplate) {
    static final String ROPE_FACTORS = "rope_freqs.weight";

    public GgufModel {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(chatTemplate, "chatTemplate");
        if (vocabulary.tokens().size() != config.vocabSize()) {
            throw new IllegalArgumentException(
                    "a vocabulary of " + vocabulary.tokens().size() + " tokens does not fit an embedding of "
                            + config.vocabSize() + " rows");
        }
    }

    /** The longest text, in tokens, for which llama.cpp computes what the student does. */
    public int contextLength() {
        return GgufKeys.contextLength(config);
    }

    /**
     * Writes a file that must not be there yet, forced to the disk, without a second copy of the weights in memory. When this
     * throws, a part of it may be there and is to be deleted.
     *
     * @param type of the matrices
     * @param weights asked once for each name of {@link DecoderConfig#parameterShapes()}, in its order
     * @throws dev.lion.student.checkpoint.CheckpointException when llama.cpp cannot compute what this model does, or a
     *     weight is NaN, infinite or beyond the type's range
     * @throws IOException naming the file, when it cannot be written in full
     */
    public void write(Path file, GgufType type, TensorSource weights) throws IOException {
        var metadata = new LinkedHashMap<>(GgufKeys.of(name, config, type));
        metadata.putAll(VocabularyKeys.of(vocabulary));
        metadata.put(VocabularyKeys.CHAT_TEMPLATE, new GgufValue.Text(chatTemplate));
        var parameters = new LinkedHashMap<String, String>();
        var tensors = new ArrayList<GgufTensor>();
        factors(type, tensors);
        config.parameterShapes().forEach((parameter, shape) -> {
            parameters.put(GgufNames.of(parameter), parameter);
            tensors.add(GgufTensor.of(GgufNames.of(parameter), shape, type));
        });
        new GgufWriter(file).write(metadata, tensors, source(parameters, weights));
    }

    private void factors(GgufType type, List<GgufTensor> tensors) {
        if (config.ropeScaling().isPresent()) {
            tensors.add(GgufTensor.of(ROPE_FACTORS, List.of((long) config.headDim() / 2), type));
        }
    }

    private TensorSource source(Map<String, String> parameters, TensorSource weights) {
        var order = new RotaryOrder(config, true);
        return (name, chunks) -> {
            if (name.equals(ROPE_FACTORS)) {
                chunks.accept(FloatBuffer.wrap(
                        GgufKeys.ropeFactors(config, config.ropeScaling().orElseThrow())));
                return;
            }
            String parameter = Objects.requireNonNull(parameters.get(name), name);
            if (order.applies(parameter)) {
                order.read(weights, parameter, chunks);
            } else {
                weights.read(parameter, chunks);
            }
        };
    }

    /**
     * Adds in what a file does not say what this says.
     *
     * @param differences gets a line for each
     */
    public void compare(GgufFile written, List<String> differences) throws IOException {
        GgufModel found = written.model();
        difference("the name", name, found.name, differences);
        difference("the model's shape", GgufKeys.readBack(config), found.config, differences);
        difference("the special tokens", vocabulary.steering(), found.vocabulary.steering(), differences);
        if (!vocabulary.equals(found.vocabulary)) {
            differences.add("the vocabulary is another one");
        }
        if (!chatTemplate.equals(found.chatTemplate)) {
            differences.add("the chat template is another one, of " + found.chatTemplate.length()
                    + " characters instead of " + chatTemplate.length());
        }
        var factors = config.ropeScaling().map(scaling -> GgufKeys.ropeFactors(config, scaling));
        if (!Arrays.equals(factors.orElse(new float[0]), written.ropeFactors().orElse(new float[0]))) {
            differences.add("the factors of the rotary embedding are others");
        }
    }

    private static void difference(String what, Object expected, Object found, List<String> differences) {
        if (!expected.equals(found)) {
            differences.add(what + " is " + found + " instead of " + expected);
        }
    }
}
