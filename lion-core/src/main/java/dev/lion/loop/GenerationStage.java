package dev.lion.loop;

import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Provenance;
import dev.lion.novelty.NoveltyIndex;
import dev.lion.role.GenerationRequest;
import dev.lion.role.GenerationResponse;
import dev.lion.run.IterationDirectory;
import dev.lion.run.IterationSummary;
import dev.lion.run.Journal;
import dev.lion.run.Proposals;
import dev.lion.run.RecordType;
import dev.lion.run.Stage;
import dev.lion.strategy.ParentRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * From random hard instructions new ones of the same kind, from random easy ones rarer ones, each kept only if it is novel
 * (paper, section 3.3). Many requests are under way, but they are decided on in a fixed order, hard and easy in
 * turn, against one index.
 */
final class GenerationStage {
    private final RunContext context;
    private final Strategies strategies;
    private final List<AcceptanceRule> rules;
    private final Supplier<NoveltyIndex> novelty;

    GenerationStage(
            RunContext context, Strategies strategies, List<AcceptanceRule> rules, Supplier<NoveltyIndex> novelty) {
        this.context = context;
        this.strategies = strategies;
        this.rules = rules;
        this.novelty = novelty;
    }

    InstructionPool run(int iteration, Split split, InstructionPool cachePool) {
        IterationDirectory files = context.run().iteration(iteration);
        if (files.generation().isEmpty()) {
            generate(iteration, split, cachePool, files);
        }
        return InstructionPool.of(files.committed(RecordType.GENERATED).orElseThrow());
    }

    private void generate(int iteration, Split split, InstructionPool cachePool, IterationDirectory files) {
        LoopConfig config = context.config();
        try (Sitting sitting = new Sitting(context, iteration, Stage.GENERATION, config.generatedPerIteration())) {
            int hardSize = hardSize(split, sitting);
            int easySize = config.generatedPerIteration() - hardSize;
            Quota hard = quota(Difficulty.HARD, () -> strategies.parents(iteration, split.hard(), cachePool), hardSize);
            Quota easy = quota(Difficulty.EASY, () -> strategies.parents(iteration, split.easy(), cachePool), easySize);
            Gate gate = new Gate(rules, novelty.get(), cachePool);
            fill(sitting, hard, easy, gate, files);
            noticeIfShort(sitting, hard, gate);
            noticeIfShort(sitting, easy, gate);
            commit(sitting, hard, easy, gate, files);
        }
    }

    // the draws are prepared only when a parent is wanted: an empty quota has no candidates
    private Quota quota(Difficulty difficulty, Supplier<ParentRule.Draw> parents, int size) {
        return new Quota(
                difficulty,
                parents,
                size,
                context.config().maxRequestsPerInstruction(),
                context.roles().generator().proposalsPerRequest(),
                new Yield(context.config().leastYield()));
    }

    // without parents of one difficulty, the other has to fill both quotas
    private int hardSize(Split split, Sitting sitting) {
        int all = context.config().generatedPerIteration();
        int hard = context.config().hardQuota();
        if (split.hard().isEmpty() && hard > 0) {
            sitting.notice("no instruction is hard: all " + all + " are generated from easy ones");
            return 0;
        }
        if (split.easy().isEmpty() && hard < all) {
            sitting.notice("no instruction is easy: all " + all + " are generated from hard ones");
            return all;
        }
        return hard;
    }

    private void fill(Sitting sitting, Quota hard, Quota easy, Gate gate, IterationDirectory files) {
        try (Journal<Proposals> journal = files.journal(RecordType.PROPOSALS);
                StageCalls calls = new StageCalls(sitting)) {
            Requests requests = new Requests(sitting, calls, journal);
            while (hard.isOpen() || easy.isOpen()) {
                requests.issue(hard);
                requests.issue(easy);
                Quota turn = !easy.isOpen() || (hard.isOpen() && !easy.isBehind(hard)) ? hard : easy;
                calls.await(turn::hasNext);
                decide(sitting, turn, gate);
            }
        }
    }

    private static void decide(Sitting sitting, Quota quota, Gate gate) {
        int before = quota.accepted();
        Proposals proposals = quota.next();
        gate.dropped(proposals.dropped());
        for (Instruction candidate : proposals.instructions()) {
            if (gate.admit(candidate, quota)) {
                quota.accept();
                sitting.itemDone();
            }
        }
        quota.decided(quota.accepted() - before);
    }

    private static void noticeIfShort(Sitting sitting, Quota quota, Gate gate) {
        if (!quota.isFull()) {
            sitting.notice("generation from " + quota.difficulty() + " instructions ended with " + quota.accepted()
                    + " of " + quota.size() + " after " + quota.shortReason() + "; rejected so far: "
                    + Outcome.byRule(gate.rejectedByRule()));
        }
    }

    private static void commit(Sitting sitting, Quota hard, Quota easy, Gate gate, IterationDirectory files) {
        files.commit(RecordType.REJECTED, gate.rejected());
        files.commit(RecordType.GENERATED, gate.accepted());
        files.finishGeneration(new IterationSummary.Generation(
                hard.decided() + easy.decided(), hard.accepted(), easy.accepted(), gate.rejectedByRule()));
        files.discard(RecordType.PROPOSALS);
        sitting.finished(hard.accepted() + " from hard and " + easy.accepted() + " from easy instructions accepted, "
                + gate.outcome());
    }

    /** Asks the generator, unless an earlier sitting did. */
    private final class Requests {
        private final Sitting sitting;
        private final StageCalls calls;
        private final Journal<Proposals> journal;
        private final Map<String, Proposals> recovered = new HashMap<>();
        private int issued;

        private Requests(Sitting sitting, StageCalls calls, Journal<Proposals> journal) {
            this.sitting = sitting;
            this.calls = calls;
            this.journal = journal;
            journal.recovered().forEach(each -> recovered.put(key(each.difficulty(), each.request()), each));
        }

        private static String key(Difficulty difficulty, int request) {
            return difficulty + " " + request;
        }

        private void issue(Quota quota) {
            while (quota.mayIssue(4 * context.config().maxConcurrentCalls())) {
                int request = quota.issue();
                calls.itemsAtLeast(++issued);
                Proposals known = recovered.remove(key(quota.difficulty(), request));
                if (known != null) {
                    quota.received(known);
                } else {
                    calls.submit(generatorCall(quota, request));
                }
            }
        }

        private StageCalls.Call<Proposals> generatorCall(Quota quota, int request) {
            long seed = context.config().seed();
            int iteration = sitting.iteration();
            Instruction parent = quota.parent(seed, iteration, request);
            long randomSeed = Randomness.seed(seed, iteration, sitting.stage(), quota.difficulty(), request);
            GenerationRequest asked = new GenerationRequest(parent, quota.difficulty(), iteration, randomSeed);
            return new StageCalls.Call<>(
                    Role.GENERATOR,
                    parent.id(),
                    key(quota.difficulty(), request),
                    () -> propose(asked, request),
                    proposals -> {
                        journal.append(proposals);
                        quota.received(proposals);
                    },
                    reason -> quota.received(Proposals.none(quota.difficulty(), request)));
        }

        private Proposals propose(GenerationRequest asked, int request) throws Exception {
            Provenance provenance = Provenance.generated(asked.parent().id(), asked.iteration(), asked.difficulty());
            GenerationResponse proposed =
                    Objects.requireNonNull(context.roles().generator().generate(asked), "it returned null");
            List<Instruction> stamped = proposed.instructions().stream()
                    .map(each -> Instruction.of(each.text(), each.input()).withProvenance(provenance))
                    .toList();
            return new Proposals(asked.difficulty(), request, stamped, proposed.dropped());
        }
    }
}
