package dev.lion.loop;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Judgement;
import dev.lion.role.StoppedException;
import dev.lion.run.IterationSummary;
import dev.lion.strategy.KeepRule;
import dev.lion.strategy.ParentRule;
import dev.lion.strategy.PreferenceRule;
import dev.lion.strategy.StopRule;
import dev.lion.strategy.StudentStart;
import dev.lion.strategy.TrainPoolRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Asks the rules of the configuration, and checks what they choose. For the coordinating thread. */
record Strategies(LoopConfig config) {
    /** The Train Pool of the present iteration. */
    InstructionPool trainPool(InstructionPool seeds, List<List<Instruction>> generated) {
        TrainPoolRule rule = config.trainPoolRule();
        int iteration = generated.size();
        long randomSeed = Randomness.seed(config.seed(), iteration, "train-pool");
        return ask(named("trainPoolRule", rule.description()), iteration, () -> {
            TrainPoolRule.History history = new TrainPoolRule.History(seeds, generated, randomSeed);
            InstructionPool chosen = Objects.requireNonNull(rule.trainPool(history), "it returned null");
            requireOnly(InstructionPool.of(history.all()), chosen);
            return chosen;
        });
    }

    private static void requireOnly(InstructionPool known, InstructionPool chosen) {
        long foreign = chosen.instructions().stream()
                .filter(each -> !known.contains(each.id()))
                .count();
        require(foreign == 0, "it chose " + foreign + " instructions that are neither seeds nor generated in the run");
    }

    /** Whether imitations may start from the base, so that it must be kept. */
    boolean needsBase() {
        return config.studentStart().needsBase();
    }

    /** Whether an imitation starts from the base. */
    boolean startsFromBase(int iteration) {
        StudentStart rule = config.studentStart();
        return ask(named("studentStart", rule.description()), iteration, () -> {
            StudentStart.Origin origin = Objects.requireNonNull(rule.origin(iteration), "it returned null");
            boolean fromBase = origin == StudentStart.Origin.BASE;
            require(!fromBase || rule.needsBase(), "it starts from the base, but needsBase() is false");
            return fromBase;
        });
    }

    /** Whether a judgement of an iteration becomes a preference; none does without a rule for them. */
    boolean isPreference(int iteration, Judgement judgement) {
        Optional<PreferenceRule> rule = config.preferences();
        return rule.isPresent()
                && judgement.finding().isPresent()
                && ask(
                        named("preferences", rule.get().description()),
                        iteration,
                        () -> rule.get().isPreference(judgement));
    }

    /** Draws parents from the hard or the easy instructions of an iteration. */
    ParentRule.Draw parents(int iteration, List<Instruction> instructions, InstructionPool cachePool) {
        ParentRule rule = config.parentRule();
        ParentRule.Draw draw = ask(
                named("parentRule", rule.description()),
                iteration,
                () -> rule.over(new ParentRule.Candidates(instructions, cachePool)));
        return random -> ask(named("parentRule", rule.description()), iteration, () -> drawn(draw, random, cachePool));
    }

    private static Instruction drawn(ParentRule.Draw draw, Random random, InstructionPool cachePool) {
        Instruction parent = Objects.requireNonNull(draw.next(random), "it drew null");
        require(cachePool.contains(parent.id()), "it drew " + parent.id() + ", which is not in the Cache Pool");
        return parent;
    }

    /** The last iteration, with the student that the run goes on with. */
    IterationSummary kept(List<IterationSummary> earlier, IterationSummary last) {
        KeepRule rule = config.keepRule();
        List<IterationSummary> all = new ArrayList<>(earlier);
        all.add(last);
        return ask(
                named("keepRule", rule.description()),
                last.iteration(),
                () -> last.keeping(rule.keptIteration(List.copyOf(all))));
    }

    /** Why the run should end before this iteration. */
    Optional<String> reasonToStopBefore(int iteration, List<IterationSummary> summaries) {
        StopRule rule = config.stopRule();
        return ask("stopRule", iteration, () -> rule.reasonToStop(summaries));
    }

    private static String named(String rule, String description) {
        return rule + " (" + description + ")";
    }

    private static <T> T ask(String rule, int iteration, Supplier<T> question) {
        try {
            return Objects.requireNonNull(question.get(), "it returned null");
        } catch (StoppedException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StrategyFailedException(rule, iteration, e);
        }
    }

    private static void require(boolean condition, String fault) {
        if (!condition) {
            throw new IllegalStateException(fault);
        }
    }
}
