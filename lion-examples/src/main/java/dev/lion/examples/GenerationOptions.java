package dev.lion.examples;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.loop.AcceptanceRule;
import dev.lion.loop.AdversarialLoop;
import dev.lion.novelty.NoveltyIndex;
import dev.lion.novelty.RougeLIndex;
import dev.lion.novelty.Tokenization;
import dev.lion.teacher.ChatModelGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** How new instructions are asked for, and which rules they must pass; the paper's by default. */
final class GenerationOptions {
    static final String NEAR_DUPLICATE = "near-duplicate";
    static final String CUT_BY_LENGTH = "cut-by-length";
    static final String NEAR_EVALUATION = "near-evaluation";
    private static final int MOST_PER_CALL = 50;

    @Option(
            names = "--per-call",
            defaultValue = "1",
            paramLabel = "N",
            description = "new instructions that one call of the generator asks for (default: ${DEFAULT-VALUE}, the"
                    + " paper's); more cost fewer calls and tokens")
    private int perCall;

    @Option(
            names = "--with-inputs",
            description = "show and ask for a separate input of an instruction, as in Alpaca's data")
    private boolean inputs;

    @Option(
            names = "--rules",
            split = ",",
            paramLabel = "NAME",
            description = "the only rules that reject new instructions; there are mentions-instruction, too-short,"
                    + " begins-with-punctuation, non-ascii-start, cut-by-length, near-duplicate and, with --guard,"
                    + " near-evaluation (default: all, the paper's)")
    private List<String> only = List.of();

    @Option(names = "--no-rule", split = ",", paramLabel = "NAME", description = "a rule to leave out")
    private List<String> without = List.of();

    @Option(
            names = "--novelty-tokens",
            defaultValue = "paper",
            paramLabel = "KIND",
            description =
                    "what near-duplicates are compared by: paper, runs of a-z and 0-9; unicode, for every language"
                            + " (default: ${DEFAULT-VALUE})")
    private String tokens = "";

    @Option(
            names = "--guard",
            paramLabel = "FILE",
            description =
                    "items of an evaluation, which no new instruction may be near: instructions, questions in Vicuna's"
                            + " format, or tasks in BIG-Bench Hard's")
    private Optional<Path> guard = Optional.empty();

    @Option(
            names = "--guard-score",
            defaultValue = "0.7",
            paramLabel = "SCORE",
            description = "the least ROUGE-L score that is near (default: ${DEFAULT-VALUE})")
    private double guardScore;

    /** The rules that can be switched off, by name. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>(Set.of(NEAR_DUPLICATE, CUT_BY_LENGTH, NEAR_EVALUATION));
        AcceptanceRule.paper().forEach(rule -> names.add(rule.name()));
        return names;
    }

    /** Adds what is wrong. */
    OptionFaults check(OptionFaults faults) {
        requireKnown(faults, "--rules", only);
        requireKnown(faults, "--no-rule", without);
        return faults.within(1, MOST_PER_CALL, "--per-call", perCall)
                .require(only.isEmpty() || without.isEmpty(), "--rules and --no-rule cannot be given together")
                .require(
                        tokens.equals("paper") || tokens.equals("unicode"),
                        "--novelty-tokens must be paper or unicode, but is " + tokens)
                .require(
                        guardScore > 0 && guardScore <= 1,
                        "--guard-score must be above 0 and at most 1, but is " + guardScore)
                .require(
                        guard.isEmpty() || isOn(NEAR_EVALUATION),
                        "--guard needs the rule near-evaluation, which --rules or --no-rule leaves out");
    }

    private static void requireKnown(OptionFaults faults, String option, List<String> given) {
        Set<String> unknown = new TreeSet<>(given);
        unknown.removeAll(names());
        faults.require(
                unknown.isEmpty(),
                option + ": no rule is named " + String.join(", ", unknown) + "; there are "
                        + String.join(", ", names()));
    }

    private boolean isOn(String rule) {
        return (only.isEmpty() || only.contains(rule)) && !without.contains(rule);
    }

    /** Applies what concerns the generator. */
    ChatModelGenerator.Builder applyTo(ChatModelGenerator.Builder generator) {
        generator.perCall(perCall);
        if (inputs) {
            generator.withInputs();
        }
        return isOn(CUT_BY_LENGTH) ? generator : generator.takeCut();
    }

    /**
     * Applies what concerns the loop.
     *
     * @param maxRougeL the highest score that is no near-duplicate, as configured
     * @param evaluation items that the student is measured on, which are guarded too; may be none
     * @throws dev.lion.LionException when the guarded items cannot be read
     */
    AdversarialLoop.Builder applyTo(AdversarialLoop.Builder loop, double maxRougeL, List<Instruction> evaluation)
            throws IOException {
        List<AcceptanceRule> rules = new ArrayList<>(AcceptanceRule.named(
                names().stream().filter(this::isOn).filter(this::isPapers).toList()));
        guard(evaluation).ifPresent(rules::add);
        Tokenization tokenization = tokenization();
        return loop.acceptanceRules(rules)
                .novelty(isOn(NEAR_DUPLICATE) ? () -> new RougeLIndex(maxRougeL, tokenization) : NoveltyIndex::none);
    }

    /**
     * How many seeds the guard would reject. They are trained on all the same, so whoever gives them should know.
     *
     * @param evaluation items that the student is measured on, which are guarded too; may be none
     */
    long seedsNearEvaluation(InstructionPool seeds, List<Instruction> evaluation) throws IOException {
        Optional<AcceptanceRule> rule = guard(evaluation);
        return seeds.instructions().stream()
                .filter(seed -> rule.flatMap(each -> each.rejection(seed)).isPresent())
                .count();
    }

    private boolean isPapers(String name) {
        return AcceptanceRule.paper().stream().anyMatch(rule -> rule.name().equals(name));
    }

    private Tokenization tokenization() {
        return tokens.equals("unicode") ? Tokenization.UNICODE : Tokenization.PAPER;
    }

    private Optional<AcceptanceRule> guard(List<Instruction> evaluation) throws IOException {
        List<Instruction> given = guard.isPresent() ? GuardFile.read(guard.get()) : List.of();
        List<Instruction> items =
                Stream.concat(given.stream(), evaluation.stream()).distinct().toList();
        // in Unicode tokens, since the paper's would leave an evaluation in Greek or Chinese unguarded
        return items.isEmpty() || !isOn(NEAR_EVALUATION)
                ? Optional.empty()
                : Optional.of(AcceptanceRule.notNearEvaluation(items, guardScore, Tokenization.UNICODE));
    }
}
