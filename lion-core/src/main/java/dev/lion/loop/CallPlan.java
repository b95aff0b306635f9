package dev.lion.loop;

import dev.lion.cost.Assumptions;
import dev.lion.cost.CostEstimate;
import dev.lion.cost.PlannedCalls;
import dev.lion.cost.Prices;
import dev.lion.cost.Range;
import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.PaidRole;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.judging.Judging;
import dev.lion.judging.SecondOrder;
import dev.lion.judging.Selection;
import dev.lion.role.Batches;
import dev.lion.role.Comparison;
import dev.lion.role.GenerationRequest;
import dev.lion.run.Purpose;
import dev.lion.run.RunDirectory;
import dev.lion.run.Stage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/**
 * The calls that a run will make, as far as they can be told beforehand: the paper's loop in numbers. Prompts are measured on
 * the seeds, on a sample of at most {@value #SAMPLE}.
 */
final class CallPlan {
    private static final int SAMPLE = 1000;
    private static final Response EMPTY = Response.of("");

    private final LoopConfig config;
    private final CallRoles roles;
    private final Assumptions assumptions;
    private final List<Instruction> sample;
    private final int seeds;
    private final Optional<RunDirectory> run;
    private final List<PlannedCalls> plan = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private double studentItems;

    /**
     * Plans a run.
     *
     * @param run an earlier part of the run, whose calls are left out; empty for a new one
     */
    CallPlan(
            LoopConfig config,
            CallRoles roles,
            InstructionPool seeds,
            Assumptions assumptions,
            Optional<RunDirectory> run) {
        this.config = config;
        this.roles = roles;
        this.assumptions = assumptions;
        this.sample = sample(seeds.instructions());
        this.seeds = seeds.size();
        this.run = run;
    }

    private static List<Instruction> sample(List<Instruction> all) {
        int step = Math.max(1, (all.size() + SAMPLE - 1) / SAMPLE);
        List<Instruction> some = new ArrayList<>();
        for (int i = 0; i < all.size(); i += step) {
            some.add(all.get(i));
        }
        return some;
    }

    CostEstimate estimate(Prices prices) {
        int cachePool = seeds;
        imitation(0, seeds);
        for (int iteration = 1; iteration <= config.iterations(); iteration++) {
            int generated = generated(iteration);
            discrimination(iteration, cachePool);
            generation(iteration);
            imitation(iteration, generated);
            cachePool += generated;
        }
        run.ifPresent(begun -> notes.add("what the run in " + begun.path() + " has done already is left out"));
        return CostEstimate.of(
                plan, prices, config.maxConcurrentCalls(), studentItems, assumptions, List.copyOf(notes));
    }

    /** How many instructions an iteration brings: as many as it brought, once it is known. */
    private int generated(int iteration) {
        return run.map(begun -> begun.generated(iteration).size())
                .filter(known -> known > 0)
                .orElse(config.generatedPerIteration());
    }

    private void imitation(int iteration, int trainPool) {
        Range output = limited(assumptions.answerTokens(), PaidRole.TEACHER, roles.teacher()::mostTokens);
        add(
                new Purpose(iteration, Stage.IMITATION, PaidRole.TEACHER),
                Range.of(trainPool),
                input(roles.teacher()::mostTokens),
                output,
                roles.teacher().batches().map(Batches::priceFactor),
                trainPool);
    }

    private void discrimination(int iteration, int cachePool) {
        Function<Instruction, Optional<TokenUsage>> most =
                instruction -> roles.referee().mostTokens(new Comparison(instruction, EMPTY, EMPTY));
        Range answer = limited(assumptions.answerTokens(), PaidRole.TEACHER, roles.teacher()::mostTokens);
        add(
                new Purpose(iteration, Stage.DISCRIMINATION, PaidRole.REFEREE),
                verdicts(iteration, cachePool),
                input(most).plus(answer.times(2)), // the teacher's and the student's
                limited(assumptions.verdictTokens(), PaidRole.REFEREE, most),
                roles.referee().batches().map(Batches::priceFactor),
                cachePool);
    }

    /**
     * Calls of the referee in one discrimination. What is saved depends on what the verdicts will be; the ranges are those of
     * the simulation in {@code docs/decisions}.
     */
    private Range verdicts(int iteration, int cachePool) {
        Judging judging = config.judging();
        if (judging.isWholeFor(cachePool)) {
            return Range.of(2.0 * cachePool);
        }
        Range asked = asked(judging.selection(), iteration);
        Range orders = orders(judging.secondOrder());
        String note = "from iteration " + iteration + " on, the referee is asked about " + shares(asked)
                + " of the instructions, and each time in " + shares(orders) + " orders";
        if (iteration <= 2) {
            notes.add(note);
        }
        return asked.times(orders).times(cachePool);
    }

    // the first iteration has no past to go by
    private static Range asked(Selection selection, int iteration) {
        if (selection instanceof Selection.Stratified sample) {
            return Range.of(sample.share());
        }
        return selection instanceof Selection.LikelyHard && iteration > 1 ? new Range(0.5, 0.95, 1) : Range.of(1);
    }

    private static Range orders(SecondOrder secondOrder) {
        if (secondOrder instanceof SecondOrder.WhenOpen open) {
            return open.easyBelow() < open.hardFrom() ? new Range(1, 1.5, 2) : new Range(1, 1.03, 1.1);
        }
        return Range.of(2);
    }

    private static String shares(Range range) {
        return range.low() == range.high()
                ? Double.toString(range.low())
                : range.low() + ", " + range.expected() + " or " + range.high();
    }

    private void generation(int iteration) {
        Function<Instruction, Optional<TokenUsage>> most =
                parent -> roles.generator().mostTokens(new GenerationRequest(parent, Difficulty.HARD, 1, 0));
        Range tokens = assumptions.tokensOf(plainBytes());
        int perRequest = roles.generator().proposalsPerRequest();
        Range asLong = new Range(tokens.low() / 2, tokens.expected(), tokens.high() * 2).times(perRequest);
        if (perRequest > 1) {
            notes.add("each request to the generator brings up to " + perRequest + " instructions");
        }
        add(
                new Purpose(iteration, Stage.GENERATION, PaidRole.GENERATOR),
                assumptions.requestsPerAccepted().times((double) config.generatedPerIteration() / perRequest),
                input(most),
                limited(asLong, PaidRole.GENERATOR, most),
                Optional.empty(),
                0);
    }

    private void add(Purpose purpose, Range calls, Range input, Range output, Optional<Double> batchPrice, int items) {
        Range left = left(purpose, calls);
        OptionalDouble factor = batchPrice.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
        plan.add(new PlannedCalls(purpose, left, input, output, factor));
        factor.ifPresent(part -> notes.add("the " + purpose.role() + " is asked in batches, at " + part
                + " of its price; the time that they take, often an hour and at most a day, is not included"));
        studentItems += calls.expected() == 0 ? 0 : items * left.expected() / calls.expected();
    }

    /** The calls that an earlier sitting has not made. */
    private Range left(Purpose purpose, Range calls) {
        if (run.isEmpty()) {
            return calls;
        }
        RunDirectory begun = run.get();
        if (isDone(begun, purpose)) {
            return Range.NONE;
        }
        double made = purpose.role() == PaidRole.TEACHER
                ? begun.answered(purpose.iteration())
                : begun.spending().total(purpose::equals).calls();
        return new Range(
                Math.max(0, calls.low() - made),
                Math.max(0, calls.expected() - made),
                Math.max(0, calls.high() - made));
    }

    private static boolean isDone(RunDirectory begun, Purpose purpose) {
        int iteration = purpose.iteration();
        boolean finished = begun.summaries().stream().anyMatch(summary -> summary.iteration() == iteration);
        return finished
                || switch (purpose.stage()) {
                    case DISCRIMINATION -> !begun.judgements(iteration).isEmpty();
                    case GENERATION -> !begun.generated(iteration).isEmpty();
                    case IMITATION, EVALUATION -> false;
                };
    }

    /** Tokens of a prompt: its bytes are known from the most that it may take. */
    private Range input(Function<Instruction, Optional<TokenUsage>> most) {
        double bytes = sample.stream()
                .map(most)
                .flatMap(Optional::stream)
                .mapToLong(TokenUsage::inputTokens)
                .average()
                .orElseGet(this::plainBytes);
        return assumptions.tokensOf(bytes);
    }

    private double plainBytes() {
        return sample.stream()
                .mapToInt(each -> each.fullText().getBytes(StandardCharsets.UTF_8).length)
                .average()
                .orElse(0);
    }

    /** A length whose high end is the limit of the role, where it has one. */
    private Range limited(Range tokens, PaidRole role, Function<Instruction, Optional<TokenUsage>> most) {
        OptionalDouble limit = sample.stream()
                .map(most)
                .flatMap(Optional::stream)
                .mapToLong(TokenUsage::outputTokens)
                .average();
        if (limit.isEmpty()) {
            notes.add(
                    "the " + role + " has no limit on its output; " + Math.round(tokens.high()) + " tokens are taken");
            return tokens;
        }
        double high = limit.getAsDouble();
        return new Range(Math.min(tokens.low(), high), Math.min(tokens.expected(), high), high);
    }
}
