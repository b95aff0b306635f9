package dev.lion.examples.bench.training;

import dev.lion.examples.bench.ModelShape;
import dev.lion.student.decoder.WeightType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One thing to measure, such as {@code 5m-fp32-full}.
 *
 * @param shape the decoder
 * @param bfloat16 whether its matrix products are done in bfloat16
 * @param lora whether an adapter of rank {@value #RANK} is trained instead of all weights
 */
record TrainingCase(ModelShape shape, boolean bfloat16, boolean lora) {
    static final int RANK = 16;

    /** All of them, the small decoder's first. */
    static List<TrainingCase> all() {
        return Arrays.stream(ModelShape.values())
                .flatMap(shape -> Stream.of(false, true)
                        .flatMap(bfloat16 ->
                                Stream.of(false, true).map(lora -> new TrainingCase(shape, bfloat16, lora))))
                .toList();
    }

    /** The case of a name; an unknown one is refused with the names there are. */
    static TrainingCase named(String name) {
        return all().stream()
                .filter(one -> one.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no case " + name + "; there are " + all()));
    }

    /** How the weights beside an adapter are held: as a student holds them when nothing is said. */
    WeightType base() {
        return WeightType.BFLOAT16;
    }

    @Override
    public String toString() {
        return shape.title() + (bfloat16 ? "-bf16" : "-fp32") + (lora ? "-lora" : "-full");
    }
}
