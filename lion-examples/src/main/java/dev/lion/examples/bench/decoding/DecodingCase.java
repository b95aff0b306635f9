package dev.lion.examples.bench.decoding;

import dev.lion.examples.OptionFaults;
import dev.lion.examples.bench.ModelShape;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.WeightType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One thing to measure, such as {@code 135m-int8}.
 *
 * @param shape the decoder
 * @param weights how its weights are held
 */
record DecodingCase(ModelShape shape, WeightType weights) {
    private static final Map<WeightType, String> TITLES =
            Map.of(WeightType.FLOAT32, "fp32", WeightType.BFLOAT16, "bf16", WeightType.INT8, "int8");

    /** All of them, the small decoder's first. */
    static List<DecodingCase> all() {
        return Arrays.stream(ModelShape.values())
                .flatMap(shape -> Stream.of(WeightType.FLOAT32, WeightType.BFLOAT16, WeightType.INT8)
                        .map(weights -> new DecodingCase(shape, weights)))
                .toList();
    }

    /** The case of a name; an unknown one is refused with the names there are. */
    static DecodingCase named(String name) {
        return found(name).orElseThrow(() -> new IllegalArgumentException("no case " + name + "; there are " + all()));
    }

    private static Optional<DecodingCase> found(String name) {
        return all().stream().filter(one -> one.toString().equals(name)).findFirst();
    }

    /** Requires that an option names a case. */
    static void require(OptionFaults faults, String option, String name) {
        faults.require(found(name).isPresent(), option + " must be of " + all() + ", but is " + name);
    }

    /** Bytes of the weights that every token is computed with: all but an input embedding that is not the output layer. */
    long weightBytes() {
        DecoderConfig config = shape.config();
        long bytes = 0;
        for (var parameter : config.parameterShapes().entrySet()) {
            boolean looked = parameter.getKey().contains("embed_tokens") && !config.tieWordEmbeddings();
            bytes += looked ? 0 : numbers(parameter.getValue()) * bytesOf(parameter.getKey(), parameter.getValue());
        }
        return bytes;
    }

    /** Bytes of the keys and values of so many tokens, as they are in float32. */
    double cacheBytes(double tokens) {
        DecoderConfig config = shape.config();
        return tokens * 2 * config.numHiddenLayers() * config.numKeyValueHeads() * config.headDim() * Float.BYTES;
    }

    private static long numbers(List<Long> shape) {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    private int bytesOf(String name, List<Long> shape) {
        if (shape.size() == 1 || weights == WeightType.FLOAT32) {
            return Float.BYTES;
        }
        return weights == WeightType.INT8 && name.startsWith("model.layers.") ? 1 : Short.BYTES;
    }

    @Override
    public String toString() {
        return shape.title() + "-" + TITLES.get(weights);
    }
}
