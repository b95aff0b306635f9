package dev.lion.student.training;

import dev.lion.data.ImitationSummary;
import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.data.ImitationSummary.Preferences;
import dev.lion.role.TrainingContext;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.TensorThreads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An imitation of answers, then a training on preferences with an optimizer of its own, which begins anew. The reference is
 * the model as the imitation left it.
 */
final class PreferenceTraining {
    private final DecoderModel model;
    private final TensorThreads threads;
    private final TrainingConfig config;
    private final String origin;
    private final TrainingContext context;

    PreferenceTraining(
            DecoderModel model, TensorThreads threads, TrainingConfig config, String origin, TrainingContext context) {
        this.model = model;
        this.threads = threads;
        this.config = config;
        this.origin = origin;
        this.context = context;
    }

    ImitationSummary train(List<LabelledSequence> sequences, List<PreferencePair> pairs) throws IOException {
        var dpo = dpo(sequences);
        var fitting = fitting(dpo, pairs);
        if (fitting.isEmpty()) {
            var summary = trainer(config).imitate(sequences, Phase.whole(context));
            return summary.with(
                    new Preferences(0, pairs.size(), summary.losses().size() + 1L));
        }
        var progress = new PreferenceProgress(
                context.checkpointDirectory(), fingerprint().of(config.forPreferences(), dpo, fitting));
        var imitated = imitate(sequences, fitting.size(), progress);
        var phase = preferring(progress, imitated.losses().size());
        var preferred = trainer(config.forPreferences()).train(dpo, fitting, phase, (state, saving) -> {
            progress.begin(state, saving);
            dpo.setReference(fitting, referenceLeads(dpo, fitting, state, phase, progress));
            progress.removeThatOfTheImitation();
        });
        return whole(imitated, phase, preferred, pairs.size() - fitting.size());
    }

    private Trainer trainer(TrainingConfig part) {
        return new Trainer(model, threads, part).from(origin);
    }

    private Fingerprint fingerprint() {
        return new Fingerprint(model, origin, context.randomSeed());
    }

    private Dpo dpo(List<LabelledSequence> sequences) {
        var supervised = new Supervised(model, config.recomputation());
        String imitation = fingerprint().of(config, supervised, sequences);
        return new Dpo(model, new DpoLoss(config.dpo().beta()), config.recomputation(), imitation);
    }

    private List<PreferencePair> fitting(Dpo dpo, List<PreferencePair> pairs) {
        var limit = new LengthLimit(config.maxLength(), model.decoder().config().maxPositionEmbeddings());
        var phase = new Phase(context, context.checkpointDirectory(), 0, 0, "of the preferences ");
        try {
            return limit.fitting(dpo, pairs, phase).kept();
        } catch (ExamplesTooLongException e) {
            context.onNotice("no preferences are learnt: " + e.getMessage());
            return List.of();
        }
    }

    private ImitationSummary imitate(List<LabelledSequence> sequences, int pairs, PreferenceProgress progress)
            throws IOException {
        var done = progress.imitation();
        if (done.isPresent()) {
            return done.get();
        }
        if (progress.isOfAnother()) {
            context.onNotice(
                    TrainingProgress.notOfThisTraining(progress.directory().resolve(TrainingProgress.FILE)));
        }
        var dpo = config.dpo();
        long after = new BatchPlan(pairs, dpo.batchSize(), dpo.epochs(), context.randomSeed()).totalSteps();
        var phase = new Phase(context, context.checkpointDirectory(), 0, after, "");
        var summary = trainer(config).imitate(sequences, phase);
        progress.keep(summary);
        return summary;
    }

    private Phase preferring(PreferenceProgress progress, long before) {
        return new Phase(context, progress.directory(), before, 0, "");
    }

    private double[] referenceLeads(
            Dpo dpo, List<PreferencePair> pairs, TrainingState state, Phase phase, PreferenceProgress progress)
            throws IOException {
        var kept = progress.leads();
        if (kept.isPresent()) {
            return kept.get();
        }
        if (state.step() > 0) {
            throw new DamagedProgressException("the reference is missing in " + progress.directory()
                    + "; delete that folder to begin this training again");
        }
        double[] leads = new ReferenceLeads(dpo, threads, config.tokensOfPass()).of(pairs, context);
        requireSound(leads, pairs, phase, progress);
        progress.keep(leads);
        return leads;
    }

    /** That the imitation left weights which are finite does not yet make what follows from them so. */
    private void requireSound(double[] leads, List<PreferencePair> pairs, Phase phase, PreferenceProgress progress)
            throws IOException {
        var unsound = IntStream.range(0, leads.length)
                .filter(i -> !Double.isFinite(leads[i]))
                .mapToObj(i -> pairs.get(i).chosen().id())
                .limit(config.dpo().batchSize())
                .toList();
        if (!unsound.isEmpty()) {
            progress.remove();
            throw new UnstableTrainingException(
                    "was not made: its reference is no number",
                    phase.before() + 1,
                    Double.NaN,
                    config.dpo().learningRate(),
                    unsound);
        }
    }

    private static ImitationSummary whole(
            ImitationSummary imitated, Phase phase, ImitationSummary preferred, long skipped) {
        var losses = new ArrayList<LossPoint>(imitated.losses());
        preferred.losses().forEach(point -> losses.add(phase.placed(point)));
        return new ImitationSummary(
                        imitated.examples(),
                        imitated.skipped(),
                        imitated.skippedTokens(),
                        imitated.tokens() + preferred.tokens(),
                        losses)
                .with(new Preferences(preferred.examples(), skipped, phase.before() + 1));
    }
}
