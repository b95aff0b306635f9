package dev.lion.student.training;

import ai.djl.ndarray.NDArray;
import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.Parameters;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** All that a training is made of between two steps: weights, AdamW's moments, the steps done and their losses. */
final class TrainingState implements AutoCloseable {
    private static final int MOMENTS = 2;

    private final Decoder decoder;
    private final Parameters weights;
    private final List<Parameters> gradients;
    private final Parameters firstMoments;
    private final Parameters secondMoments;
    private final List<LossPoint> losses = new ArrayList<>();

    /** Of what is trained of a model; frozen weights have neither gradients nor moments. */
    TrainingState(DecoderModel model, int shares) {
        this(model, shares, () -> Parameters.like(model.decoder(), model.trainable()));
    }

    /** With memory from elsewhere, for a test; what was had is given back when there is no more. */
    TrainingState(DecoderModel model, int shares, Supplier<Parameters> zeros) {
        this.decoder = model.decoder();
        this.weights = model.trainable();
        var made = new ArrayList<Parameters>();
        try {
            while (made.size() < shares + MOMENTS) {
                made.add(zeros.get());
            }
        } catch (RuntimeException | Error e) {
            made.forEach(Parameters::close);
            throw e;
        }
        this.gradients = List.copyOf(made.subList(0, shares));
        this.firstMoments = made.get(shares);
        this.secondMoments = made.get(shares + 1);
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

    /** Sums the gradients of all shares in the first, scales that down to a norm and gives the norm that it had. */
    double clip(double maxNorm) {
        gradients.stream().skip(1).forEach(this::gather);
        try (var call = decoder.call("clip")) {
            return call.with(gradients.get(0).arrays()).with(maxNorm).runForDouble();
        }
    }

    /** Moves a share's gradients to the first share's. */
    private void gather(Parameters share) {
        try (var call = decoder.call("gather")) {
            call.with(gradients.get(0).arrays()).with(share.arrays()).run().close();
        }
    }

    /** Makes a step: moves weights and moments along the clipped gradients and empties these. */
    void move(TrainingConfig config, LossPoint point) {
        adamW(config, config.weightDecay(), point, places(true));
        adamW(config, 0, point, places(false));
        try (var call = decoder.call("clear")) {
            call.with(gradients.get(0).arrays()).run().close();
        }
        losses.add(point);
    }

    /** Where the matrices are among the tensors, or else the norms and biases. */
    private int[] places(boolean matrices) {
        var arrays = weights.arrays();
        return IntStream.range(0, arrays.size())
                .filter(i -> arrays.get(i).getShape().dimension() > 1 == matrices)
                .toArray();
    }

    private void adamW(TrainingConfig config, double decay, LossPoint point, int[] places) {
        if (places.length == 0) {
            return;
        }
        try (var call = decoder.call("adamw")) {
            call.with(chosen(weights, places))
                    .with(chosen(gradients.get(0), places))
                    .with(chosen(firstMoments, places))
                    .with(chosen(secondMoments, places))
                    .with(point.step())
                    .with(point.learningRate())
                    .with(decay)
                    .with(config.beta1())
                    .with(config.beta2())
                    .with(config.epsilon())
                    .run()
                    .close();
        }
    }

    private static List<NDArray> chosen(Parameters parameters, int[] places) {
        return IntStream.of(places).mapToObj(parameters.arrays()::get).toList();
    }

    /** Whether every number that is trained is finite. */
    boolean isSound() {
        return weights.names().stream().map(weights::bytes).allMatch(bytes -> isFinite(bytes.asFloatBuffer()));
    }

    private static boolean isFinite(FloatBuffer numbers) {
        while (numbers.hasRemaining()) {
            if (!Float.isFinite(numbers.get())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        secondMoments.close();
        firstMoments.close();
        gradients.forEach(Parameters::close);
    }
}
