package dev.lion.student.training;

import dev.lion.role.StoppedException;
import dev.lion.role.TrainingContext;
import dev.lion.student.decoder.TensorThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** Computes, on all threads, by how much a model finds the chosen answers likelier than the rejected ones. */
record ReferenceLeads(Dpo dpo, TensorThreads threads, int tokensPerPass) {
    /** Pairs between two looks at whether to stop. */
    private static final int PAIRS_AT_ONCE = 32;

    /**
     * A lead for each pair, in nats.
     *
     * @throws StoppedException when the context asks to stop, or this thread is interrupted
     */
    double[] of(List<PreferencePair> pairs, TrainingContext context) {
        var leads = new double[pairs.size()];
        for (int start = 0; start < leads.length; start += PAIRS_AT_ONCE) {
            if (context.stopRequested() || Thread.currentThread().isInterrupted()) {
                throw new StoppedException(
                        "training was stopped between the answers and the preferences; its progress is" + " in "
                                + context.checkpointDirectory());
            }
            compute(pairs, IntStream.range(start, Math.min(start + PAIRS_AT_ONCE, leads.length)), leads);
        }
        return leads;
    }

    private void compute(List<PreferencePair> pairs, IntStream places, double[] leads) {
        var passes = Passes.cut(
                places.boxed().toList(), place -> pairs.get(place).inputLength(), tokensPerPass, threads.passes());
        var work = new ArrayList<Callable<Boolean>>();
        for (var share : Passes.deal(passes, threads.passes())) {
            work.add(() -> share.stream().allMatch(pass -> compute(pairs, pass, leads)));
        }
        threads.run(work);
    }

    /** Each place is written by one thread. */
    private boolean compute(List<PreferencePair> pairs, Passes.Pass<Integer> pass, double[] leads) {
        double[] found = dpo.leads(pass.examples().stream().map(pairs::get).toList());
        for (int i = 0; i < found.length; i++) {
            leads[pass.examples().get(i)] = found[i];
        }
        return true;
    }
}
