package dev.lion.student.training;

import com.google.common.hash.Hashing;
import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.role.StepMeasurement;
import dev.lion.role.StoppedException;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.Parameters;
import dev.lion.student.decoder.TensorThreads;
import dev.lion.student.training.Passes.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;

/** Makes optimizer steps: gradients on all threads, then one update on one of them. */
final class TrainingStep<E> {
    private final Objective<E> objective;
    private final TensorThreads threads;
    private final TrainingConfig config;
    private final Phase phase;
    private final Stability stability;
    private long tokens;
    private long nanos;

    TrainingStep(Objective<E> objective, TensorThreads threads, TrainingConfig config, Phase phase) {
        this.objective = objective;
        this.threads = threads;
        this.config = config;
        this.phase = phase;
        this.stability = new Stability(objective.lossOfIgnorance());
    }

    /** What the decoder reads of an example. */
    int tokens(E example) {
        return objective.sequences(example).stream()
                .mapToInt(LabelledSequence::inputLength)
                .sum();
    }

    /**
     * Finds a step's gradients, sums and clips them; {@link #make} is to follow.
     *
     * @return what the step will be
     * @throws UnstableTrainingException when the loss or the gradient is beyond use
     * @throws StoppedException when a stop is asked for between two passes, or the process is ending; the gradients are then of
     *     no use, weights and moments as before
     */
    LossPoint prepare(TrainingState state, List<E> batch, double rate) {
        long began = System.nanoTime();
        double loss = addGradients(state, batch);
        stability.faultOfLoss(loss, state.losses()).ifPresent(fault -> fail(fault, state, loss, rate, batch));
        double norm = threads.run(() -> state.clip(config.maxGradientNorm()));
        stability.faultOfNorm(norm, state.losses()).ifPresent(fault -> fail(fault, state, loss, rate, batch));
        tokens = batch.stream().mapToLong(this::tokens).sum();
        nanos = System.nanoTime() - began;
        return new LossPoint(state.step() + 1, loss, rate, OptionalDouble.of(norm));
    }

    /**
     * Makes the step that was prepared, as a whole or not at all.
     *
     * @throws StoppedException when the process is ending; the state is as before the step
     */
    StepMeasurement make(TrainingState state, LossPoint point) {
        long began = System.nanoTime();
        threads.run(() -> {
            state.move(config, point);
            return point;
        });
        nanos += System.nanoTime() - began;
        return new StepMeasurement(OptionalDouble.of(1e9 * tokens / nanos), ProcessMemory.resident());
    }

    private double addGradients(TrainingState state, List<E> batch) {
        double weight = batch.stream().mapToDouble(objective::weight).sum();
        var passes = Passes.cut(batch, this::tokens, config.tokensOfPass(), threads.passes());
        var caller = Thread.currentThread();
        var work = new ArrayList<Callable<Double>>();
        for (List<Pass<E>> share : Passes.deal(passes, threads.passes())) {
            var gradients = state.gradients(work.size());
            work.add(() -> addGradients(share, weight, gradients, state.step() + 1, caller));
        }
        return threads.run(work).stream().mapToDouble(Double::doubleValue).sum();
    }

    private double addGradients(
            List<Pass<E>> share, double stepWeight, Parameters gradients, long step, Thread caller) {
        double loss = 0;
        for (Pass<E> pass : share) {
            phase.requireNoStop(caller);
            loss += objective.addGradients(pass.examples(), stepWeight, gradients, seed(step, pass.index()));
        }
        return loss;
    }

    /** Of a pass: another one for each training, step and pass, so that a training that goes on draws the same. */
    private long seed(long step, int pass) {
        return Hashing.sipHash24(phase.randomSeed(), step).hashInt(pass).asLong();
    }

    /**
     * To be called when no other step follows.
     *
     * @param batch the examples of the last step
     * @throws UnstableTrainingException when that left a weight that is no number
     */
    void requireSound(TrainingState state, List<E> batch) {
        if (!state.isSound()) {
            var last = state.losses().get(state.losses().size() - 1);
            throw new UnstableTrainingException(
                    "left a weight that is no number",
                    phase.placed(last).step(),
                    last.loss(),
                    last.learningRate(),
                    ids(batch));
        }
    }

    private void fail(String fault, TrainingState state, double loss, double rate, List<E> batch) {
        throw new UnstableTrainingException(
                "was not made: " + fault, phase.before() + state.step() + 1, loss, rate, ids(batch));
    }

    private List<String> ids(List<E> batch) {
        return batch.stream()
                .map(example -> objective.sequences(example).get(0).id())
                .toList();
    }
}
