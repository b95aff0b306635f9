package dev.lion.student.training;

import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.Parameters;
import java.util.ArrayList;
import java.util.List;

/** All that a training is made of between two steps: weights, AdamW's moments, the steps done and their losses. */
final class TrainingState implements AutoCloseable {
    private final Decoder decoder;
    private final Parameters weights;
    private final List<Parameters> gradients = new ArrayList<>();
    private final Parameters firstMoments;
    private final Parameters secondMoments;
    private final List<LossPoint> losses = new ArrayList<>();

    TrainingState(DecoderModel model, int shares) {
        this.decoder = model.decoder();
        this.weights = model.trainable();
        for (int share = 0; share < shares; share++) {
            gradients.add(Parameters.like(decoder, weights));
        }
        this.firstMoments = Parameters.like(decoder, weights);
        this.secondMoments = Parameters.like(decoder, weights);
    }

    Parameters weights() {
        return weights;
    }

    /** The gradients of one share of a batch; all zeros between two steps. */
    Parameters gradients(int share) {
        return gradients.get(share);
    }

    /** What is saved, in the order of the file. */
    List<Parameters> saved() {
        return List.of(weights, firstMoments, secondMoments);
    }

    long step() {
        return losses.size();
    }

    List<LossPoint> losses() {
        return losses;
    }

    /** Moves the weights along the gradients and empties these. */
    LossPoint update(TrainingConfig config, double loss, double rate) {
        long step = step() + 1;
        gradients.stream().skip(1).forEach(this::gather);
        try (var clip = decoder.call("clip");
                var call = decoder.call("adamw");
                var clear = decoder.call("clear")) {
            clip.with(gradients.get(0).arrays()).with(config.maxGradientNorm()).runForDouble();
            call.with(weights.arrays())
                    .with(gradients.get(0).arrays())
                    .with(firstMoments.arrays())
                    .with(secondMoments.arrays())
                    .with(step)
                    .with(rate)
                    .with(config.weightDecay())
                    .with(config.beta1())
                    .with(config.beta2())
                    .with(config.epsilon())
                    .run()
                    .close();
            clear.with(gradients.get(0).arrays()).run().close();
        }
        var point = new LossPoint(step, loss, rate);
        losses.add(point);
        return point;
    }

    /** Moves a share's gradients to the first share's. */
    private void gather(Parameters share) {
        try (var call = decoder.call("gather")) {
            call.with(gradients.get(0).arrays()).with(share.arrays()).run().close();
        }
    }

    @Override
    public void close() {
        secondMoments.close();
        firstMoments.close();
        gradients.forEach(Parameters::close);
    }
}
