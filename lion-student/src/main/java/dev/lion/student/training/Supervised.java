package dev.lion.student.training;

import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.PackedBatch;
import dev.lion.student.decoder.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** Cross-entropy of the tokens that are learnt, every token of a step counting alike. */
record Supervised(DecoderModel model, boolean recomputation) implements Objective<LabelledSequence> {
    @Override
    public String description() {
        return "supervised";
    }

    @Override
    public List<LabelledSequence> sequences(LabelledSequence example) {
        return List.of(example);
    }

    @Override
    public double weight(LabelledSequence example) {
        return example.labelCount();
    }

    @Override
    public OptionalDouble lossOfIgnorance() {
        return OptionalDouble.of(Math.log(model.decoder().config().vocabSize()));
    }

    @Override
    public double addGradients(List<LabelledSequence> pass, double stepWeight, Parameters gradients, long seed) {
        var weights = new double[pass.size()];
        Arrays.fill(weights, 1 / stepWeight);
        return model.addGradients(gradients, PackedBatch.of(pass), weights, seed, recomputation);
    }
}
