package dev.lion.student.training;

import dev.lion.data.ImitationSummary;
import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.role.StoppedException;
import dev.lion.role.TrainingContext;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderWeights;
import dev.lion.student.decoder.LabelledBatch;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.TensorThreads;
import java.io.IOException;
import java.util.ArrayList;
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
    private final Decoder decoder;
    private final TensorThreads threads;
    private final TrainingConfig config;

    /** A trainer for the decoder, which computes a step's gradients on the given threads. */
    public Trainer(Decoder decoder, TensorThreads threads, TrainingConfig config) {
        this.decoder = decoder;
        this.threads = threads;
        this.config = config;
    }

    /**
     * Trains the weights in place. Sequences longer than {@link TrainingConfig#maxLength()} or the decoder's context are
     * left out and counted.
     *
     * @throws StoppedException when the context asks to stop or this thread is interrupted; progress is then saved
     * @throws IOException when progress cannot be read or written
     */
    public ImitationSummary train(DecoderWeights weights, List<LabelledSequence> sequences, TrainingContext context)
            throws IOException {
        int longest = Math.min(config.maxLength(), decoder.config().maxPositionEmbeddings());
        var kept = sequences.stream().filter(s -> s.length() <= longest).toList();
        try (var state = new TrainingState(decoder, weights, threads.passes())) {
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
            LossPoint point = step(state, batch, schedule.at(state.step() + 1));
            context.onStep(point, plan.totalSteps());
        }
        progress.delete();
    }

    private LossPoint step(TrainingState state, List<LabelledSequence> batch, double rate) {
        double labels = batch.stream().mapToInt(LabelledSequence::labelCount).sum();
        var shares = new ArrayList<Callable<Double>>();
        for (int share = 0; share < Math.min(threads.passes(), batch.size()); share++) {
            var sequences = share(batch, share);
            var gradients = state.gradients(share);
            shares.add(() -> passes(sequences).stream()
                    .mapToDouble(pass ->
                            decoder.addGradients(state.weights(), gradients, LabelledBatch.of(pass), 1 / labels))
                    .sum());
        }
        double loss =
                threads.run(shares).stream().mapToDouble(Double::doubleValue).sum();
        return threads.run(() -> state.update(config, loss / labels, rate));
    }

    /** Every so many-th sequence, so that the shares take equally long. */
    private List<LabelledSequence> share(List<LabelledSequence> batch, int share) {
        return IntStream.iterate(share, i -> i < batch.size(), i -> i + threads.passes())
                .mapToObj(batch::get)
                .toList();
    }

    /** Cuts a batch, sorted by length, where the padded tokens would be too many for one pass. */
    private List<List<LabelledSequence>> passes(List<LabelledSequence> batch) {
        var passes = new ArrayList<List<LabelledSequence>>();
        int start = 0;
        for (int end = 1; end <= batch.size(); end++) {
            if (end == batch.size() || (end + 1 - start) * batch.get(end).inputLength() > config.tokensPerPass()) {
                passes.add(batch.subList(start, end));
                start = end;
            }
        }
        return passes;
    }
}
