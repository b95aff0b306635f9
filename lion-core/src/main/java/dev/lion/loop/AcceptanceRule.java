package dev.lion.loop;

import dev.lion.data.Instruction;
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

    /** Why the candidate is rejected; empty when this rule has nothing against it. */
    Optional<String> rejection(Instruction candidate);

    /** The rules of the paper's code. */
    static List<AcceptanceRule> paper() {
        return List.of(MENTIONS_INSTRUCTION, TOO_SHORT, BEGINS_WITH_PUNCTUATION, NON_ASCII_START);
    }

    /** A rule with this name. */
    static AcceptanceRule of(String name, Function<Instruction, Optional<String>> rejection) {
        return new AcceptanceRules.Named(name, rejection);
    }
}
