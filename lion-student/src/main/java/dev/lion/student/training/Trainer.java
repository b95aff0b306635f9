package dev.lion.student.training;

import com.google.common.math.IntMath;
import dev.lion.data.ImitationSummary;
import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.role.StoppedException;
import dev.lion.role.TrainingContext;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.PackedBatch;
import dev.lion.student.decoder.Parameters;
import dev.lion.student.decoder.TensorThreads;
import java.io.IOException;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Trains a decoder's weights on the answers of labelled sequences. Every number of a training follows from weights,
 * sequences, configuration and seed; a stopped training goes on from what it saved and ends with the very same weights.
 *
 * <p>Used by the student, on its one tensor thread.
 */
public final class Trainer {
    /** How much of a pass may be padding before it is cut. */
    private static final double PADDED_TO_UNPADDED = 1.15;

    private final DecoderModel model;
    private final TensorThreads threads;
    private final TrainingConfig config;

    /** A trainer for the model, which computes a step's gradients on the given threads. */
    public Trainer(DecoderModel model, TensorThreads threads, TrainingConfig config) {
        this.model = model;
        this.threads = threads;
        this.config = config;
    }

    /**
     * Trains the weights in place. Sequences longer than {@link TrainingConfig#maxLength()} or the decoder's context are
     * left out and counted.
     *
     * @throws StoppedException when the context asks to stop, this thread is interrupted, or the process ends; progress is then saved
     * @throws IOException when progress cannot be read or written
     */
    public ImitationSummary train(List<LabelledSequence> sequences, TrainingContext context) throws IOException {
        int longest = Math.min(config.maxLength(), model.decoder().config().maxPositionEmbeddings());
        var kept = sequences.stream().filter(s -> s.length() <= longest).toList();
        try (var state = new TrainingState(model, threads.passes())) {
            run(state, kept, context);
            long tokens = kept.stream().mapToLong(LabelledSequence::inputLength).sum() * config.epochs();
            return new ImitationSummary(kept.size(), sequences.size() - kept.size(), tokens, state.losses());
        }
    }

    private void run(TrainingState state, List<LabelledSequence> sequences, TrainingContext context)
            throws IOException {
        var plan = new BatchPlan(
                sequences.stream().mapToInt(LabelledSequence::length).toArray(),
                config.batchSize(),
                config.epochs(),
                context.randomSeed());
        var schedule = LearningRateSchedule.of(config, plan.totalSteps());
        var progress = new TrainingProgress(context, config, sequences);
        progress.continueInto(state);
        while (state.step() < plan.totalSteps()) {
            progress.saveIfDue(state);
            var batch =
                    plan.batch(state.step() + 1).stream().map(sequences::get).toList();
            context.onStep(step(state, batch, schedule, progress), plan.totalSteps());
        }
    }

    /** A step is made as a whole or, when the process ends meanwhile, not at all. */
    private LossPoint step(
            TrainingState state, List<LabelledSequence> batch, LearningRateSchedule schedule, TrainingProgress progress)
            throws IOException {
        try {
            return step(state, batch, schedule.at(state.step() + 1));
        } catch (StoppedException processEnds) {
            throw progress.stopped(state);
        }
    }

    private LossPoint step(TrainingState state, List<LabelledSequence> batch, double rate) {
        double labels = batch.stream().mapToInt(LabelledSequence::labelCount).sum();
        var shares = shares(passes(batch));
        var work = new ArrayList<Callable<Double>>();
        for (int share = 0; share < shares.size(); share++) {
            var passes = shares.get(share);
            var gradients = state.gradients(share);
            work.add(() -> passes.stream()
                    .mapToDouble(pass -> add(pass, gradients, 1 / labels))
                    .sum());
        }
        double loss =
                threads.run(work).stream().mapToDouble(Double::doubleValue).sum();
        return threads.run(() -> state.update(config, loss, rate));
    }

    private double add(List<LabelledSequence> pass, Parameters gradients, double weight) {
        var batch = PackedBatch.of(pass);
        var weights = new double[pass.size()];
        Arrays.fill(weights, weight);
        return model.addGradients(gradients, batch, weights, 0, false);
    }

    /**
     * Cuts a batch, sorted by length, where the padding would be too much, or the tokens too many for one pass or for one
     * thread's share.
     */
    private List<List<LabelledSequence>> passes(List<LabelledSequence> batch) {
        int tokens = batch.stream().mapToInt(LabelledSequence::inputLength).sum();
        int most = Math.min(config.tokensPerPass(), IntMath.divide(tokens, threads.passes(), RoundingMode.CEILING));
        var passes = new ArrayList<List<LabelledSequence>>();
        int start = 0;
        int unpadded = 0;
        for (int end = 0; end < batch.size(); end++) {
            int length = batch.get(end).inputLength();
            int padded = (end + 1 - start) * length;
            if (end > start && (padded > most || padded > PADDED_TO_UNPADDED * (unpadded + length))) {
                passes.add(batch.subList(start, end));
                start = end;
                unpadded = 0;
            }
            unpadded += length;
        }
        passes.add(batch.subList(start, batch.size()));
        return passes;
    }

    /** Deals the passes, the longest first, each to the thread that has least to do. */
    private List<List<List<LabelledSequence>>> shares(List<List<LabelledSequence>> passes) {
        var shares = IntStream.range(0, Math.min(threads.passes(), passes.size()))
                .<List<List<LabelledSequence>>>mapToObj(share -> new ArrayList<>())
                .toList();
        passes.stream()
                .sorted(Comparator.comparingInt(Trainer::paddedTokens).reversed())
                .forEach(pass -> shares.stream()
                        .min(Comparator.comparingInt(share ->
                                share.stream().mapToInt(Trainer::paddedTokens).sum()))
                        .orElseThrow()
                        .add(pass));
        return shares;
    }

    private static int paddedTokens(List<LabelledSequence> pass) {
        return pass.size() * pass.get(pass.size() - 1).inputLength();
    }
}
