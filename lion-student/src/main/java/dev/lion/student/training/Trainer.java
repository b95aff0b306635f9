package dev.lion.student.training;

import dev.lion.data.ImitationSummary;
import dev.lion.role.StoppedException;
import dev.lion.role.TrainingContext;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.TensorThreads;
import java.io.IOException;
import java.util.List;

/**
 * Trains a model: all of its weights, or its adapter. Every number of a training follows from weights, examples,
 * configuration, seed and number of threads; a stopped training goes on from what it saved and ends with the very same
 * weights.
 *
 * <p>Used by the student, from one thread at a time.
 */
public final class Trainer {
    private final DecoderModel model;
    private final TensorThreads threads;
    private final TrainingConfig config;
    private final String origin;

    /** A trainer for the model, which computes a step's gradients on the given threads. */
    public Trainer(DecoderModel model, TensorThreads threads, TrainingConfig config) {
        this(model, threads, config, "");
    }

    private Trainer(DecoderModel model, TensorThreads threads, TrainingConfig config, String origin) {
        this.model = model;
        this.threads = threads;
        this.config = config;
        this.origin = origin;
    }

    /**
     * The same for weights of another origin.
     *
     * @param value what all of the model's weights were when the training began, frozen ones too: equal for equal weights, and
     *     for a training that goes on the same as at its beginning. Progress of a training with another one is not taken up.
     *     Default empty, with which the progress of the same training of other weights would be.
     */
    public Trainer from(String value) {
        return new Trainer(model, threads, config, value);
    }

    /**
     * Trains the model in place on the answers of labelled sequences, every answer token of a step counting alike.
     * Sequences longer than {@link TrainingConfig#maxLength()} or the model's context are left out, counted, and told to the
     * context as a notice.
     *
     * @throws StoppedException when the context asks to stop, this thread is interrupted, or the process ends; that is looked at
     *     between two passes, from the threads that make them. A step under way is then given up, and the progress before it saved
     * @throws ExamplesTooLongException when there are sequences, but all of them are too long
     * @throws UnstableTrainingException when loss or gradient is no number or explodes, or a weight is no number; saved
     *     progress is then of a step before that, but the model stays as the last step left it, and that may have damaged it
     * @throws DirectoryInUseException when another training, of this process or another, is under way in the same directory
     * @throws IOException when progress cannot be read or written
     */
    public ImitationSummary train(List<LabelledSequence> sequences, TrainingContext context) throws IOException {
        return train(sequences, List.of(), context);
    }

    /** The same in a directory that is held already. */
    ImitationSummary imitate(List<LabelledSequence> sequences, Phase context) throws IOException {
        return train(new Supervised(model, config.recomputation()), sequences, context, (state, progress) -> {});
    }

    /**
     * The same, and then on pairs of answers, as {@link TrainingConfig#dpo()} has it (direct preference optimization). The
     * reference is the model as the answers left it. A pair with an answer that is too long is left out.
     */
    public ImitationSummary train(List<LabelledSequence> sequences, List<PreferencePair> pairs, TrainingContext context)
            throws IOException {
        var lock = TrainingLock.hold(context.checkpointDirectory());
        try (lock) {
            return pairs.isEmpty()
                    ? imitate(sequences, Phase.whole(context))
                    : new PreferenceTraining(model, threads, config, origin, context).train(sequences, pairs);
        }
    }

    /** What is done before the first step of a sitting, when the state is as the one before left it. */
    interface Preparation {
        void prepare(TrainingState state, TrainingProgress progress) throws IOException;
    }

    /** The same with any objective. */
    <E> ImitationSummary train(Objective<E> objective, List<E> examples, Phase context, Preparation preparation)
            throws IOException {
        var limit = new LengthLimit(config.maxLength(), model.decoder().config().maxPositionEmbeddings());
        var fitting = limit.fitting(objective, examples, context);
        try (var state = new TrainingState(model, threads.passes())) {
            var step = new TrainingStep<>(objective, threads, config, context);
            String fingerprint =
                    new Fingerprint(model, origin, context.randomSeed()).of(config, objective, fitting.kept());
            var progress = new TrainingProgress(context, config.saveEvery(), fingerprint);
            progress.continueInto(state);
            preparation.prepare(state, progress);
            run(state, step, fitting.kept(), progress, context);
            long tokens = fitting.kept().stream().mapToLong(step::tokens).sum() * config.epochs();
            return new ImitationSummary(
                    fitting.kept().size(), fitting.leftOut(), fitting.tokensLeftOut(), tokens, state.losses());
        }
    }

    private <E> void run(
            TrainingState state, TrainingStep<E> step, List<E> examples, TrainingProgress progress, Phase context)
            throws IOException {
        var plan = new BatchPlan(examples.size(), config.batchSize(), config.epochs(), context.randomSeed());
        var schedule = LearningRateSchedule.of(config, plan.totalSteps());
        try {
            while (state.step() < plan.totalSteps()) {
                context.requireNoStop(Thread.currentThread());
                long next = state.step() + 1;
                var point = step.prepare(state, examplesOf(next, plan, examples), schedule.at(next));
                progress.saveIfDue(state); // here, as a sound gradient shows that the weights are
                context.onStep(point, plan.totalSteps(), step.make(state, point));
            }
        } catch (StoppedException stop) {
            requireSound(state, step, plan, examples);
            throw progress.stopped(state, stop);
        }
        requireSound(state, step, plan, examples);
    }

    private static <E> List<E> examplesOf(long step, BatchPlan plan, List<E> examples) {
        return plan.batch(step).stream().map(examples::get).toList();
    }

    /** Whether the last step left the weights in order would otherwise show in the next one's gradient, of which there is none. */
    private static <E> void requireSound(TrainingState state, TrainingStep<E> step, BatchPlan plan, List<E> examples) {
        if (state.step() > 0) {
            step.requireSound(state, examplesOf(state.step(), plan, examples));
        }
    }
}
