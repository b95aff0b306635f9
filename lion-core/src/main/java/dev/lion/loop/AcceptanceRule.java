package dev.lion.loop;

import dev.lion.data.Instruction;
import dev.lion.novelty.Tokenization;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A reason to reject a generated instruction before it is compared with others. The loop asks the rules in their order,
 * from one thread.
 */
public interface AcceptanceRule {
    /** The paper's code: no instruction that speaks of instructions, in any case of letters. */
    AcceptanceRule MENTIONS_INSTRUCTION = of("mentions-instruction", AcceptanceRules::mentionsInstruction);

    /** The paper's code: no instruction of three words or fewer. */
    AcceptanceRule TOO_SHORT = of("too-short", AcceptanceRules::tooShort);

    /** The paper's code: no instruction that begins with ASCII punctuation. */
    AcceptanceRule BEGINS_WITH_PUNCTUATION = of("begins-with-punctuation", AcceptanceRules::beginsWithPunctuation);

    /** The paper's code: no instruction that begins with a character outside ASCII. */
    AcceptanceRule NON_ASCII_START = of("non-ascii-start", AcceptanceRules::nonAsciiStart);

    /** The name under which rejections are counted and kept. */
    String name();

    /** The rule with what it depends on, the same for equal rules: a run is only continued under the same one. */
    default String description() {
        return name();
    }

    /** Why the candidate is rejected; empty when this rule has nothing against it. */
    Optional<String> rejection(Instruction candidate);

    /** The rules of the paper's code. */
    static List<AcceptanceRule> paper() {
        return List.of(MENTIONS_INSTRUCTION, TOO_SHORT, BEGINS_WITH_PUNCTUATION, NON_ASCII_START);
    }

    /**
     * Those rules of the paper's code that have these names, in the code's order: {@code named(List.of("too-short"))} switches
     * the others off. Near-duplicates are the business of {@link AdversarialLoop.Builder#novelty}, and what was cut by length
     * that of the generator.
     *
     * @throws IllegalArgumentException naming every name that no rule has, and the names there are
     */
    static List<AcceptanceRule> named(Collection<String> names) {
        return AcceptanceRules.named(names);
    }

    /**
     * No instruction that copies an item of an evaluation, which would make its result worthless: none that has a ROUGE-L
     * score of 0.7 or more with one of these, in the tokens of every language.
     */
    static AcceptanceRule notNearEvaluation(Collection<Instruction> items) {
        return notNearEvaluation(items, EvaluationGuard.LEAST_SCORE, Tokenization.UNICODE);
    }

    /**
     * The same with another limit.
     *
     * @param items of the evaluation, at least one; what is compared is {@link Instruction#fullText()}
     * @param leastScore the least ROUGE-L score that counts as a copy, above 0, at most 1
     * @param tokenization what is compared
     */
    static AcceptanceRule notNearEvaluation(
            Collection<Instruction> items, double leastScore, Tokenization tokenization) {
        return EvaluationGuard.against(items, leastScore, tokenization);
    }

    /** A rule with this name. */
    static AcceptanceRule of(String name, Function<Instruction, Optional<String>> rejection) {
        return new AcceptanceRules.Named(name, rejection);
    }
}
