package dev.lion.loop;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.novelty.NoveltyIndex;
import dev.lion.run.Rejection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** Takes or rejects generated instructions, one after another. For the coordinating thread. */
final class Gate {
    static final String DUPLICATE = "duplicate";
    static final String NEAR_DUPLICATE = "near-duplicate";
    static final String OVER_QUOTA = "over-quota";

    private final List<AcceptanceRule> rules;
    private final NoveltyIndex novelty;
    private final InstructionPool cachePool;
    private final Set<String> acceptedIds = new HashSet<>();
    private final List<Instruction> accepted = new ArrayList<>();
    private final List<Rejection> rejected = new ArrayList<>();
    private final Map<String, Integer> rejectedByRule = new TreeMap<>();

    Gate(List<AcceptanceRule> rules, NoveltyIndex novelty, InstructionPool cachePool) {
        this.rules = rules;
        this.novelty = novelty;
        this.cachePool = cachePool;
        cachePool.forEach(novelty::add);
    }

    /** Whether the candidate was taken. */
    boolean admit(Instruction candidate, Quota quota) {
        Optional<Rejection> rejection = quota.isFull()
                ? Optional.of(because(candidate, OVER_QUOTA, "enough were accepted"))
                : rejection(candidate);
        rejection.ifPresentOrElse(this::reject, () -> {
            novelty.add(candidate);
            acceptedIds.add(candidate.id());
            accepted.add(candidate);
        });
        return rejection.isEmpty();
    }

    private void reject(Rejection rejection) {
        rejected.add(rejection);
        rejectedByRule.merge(rejection.rule(), 1, Integer::sum);
    }

    /** The generator itself held these back; they are counted, and there is nothing to keep. */
    void dropped(Map<String, Integer> byReason) {
        byReason.forEach((reason, count) -> rejectedByRule.merge(reason, count, Integer::sum));
    }

    private Optional<Rejection> rejection(Instruction candidate) {
        for (AcceptanceRule rule : rules) {
            Optional<String> reason = rule.rejection(candidate);
            if (reason.isPresent()) {
                return Optional.of(because(candidate, rule.name(), reason.get()));
            }
        }
        if (cachePool.contains(candidate.id()) || acceptedIds.contains(candidate.id())) {
            return Optional.of(because(candidate, DUPLICATE, "is in the pool already"));
        }
        return novelty.nearDuplicateOf(candidate)
                .map(near -> new Rejection(
                        candidate,
                        NEAR_DUPLICATE,
                        "too similar to " + near.instructionId(),
                        OptionalDouble.of(near.score())));
    }

    private static Rejection because(Instruction candidate, String rule, String reason) {
        return new Rejection(candidate, rule, reason, OptionalDouble.empty());
    }

    List<Instruction> accepted() {
        return accepted;
    }

    List<Rejection> rejected() {
        return rejected;
    }

    /** Counts of everything that was rejected or dropped, sorted by rule or reason. */
    Map<String, Integer> rejectedByRule() {
        return rejectedByRule;
    }

    /** How many were rejected, and by which rules. */
    String outcome() {
        int all = rejectedByRule.values().stream().mapToInt(Integer::intValue).sum();
        return all + " rejected" + (all == 0 ? "" : " (" + Outcome.byRule(rejectedByRule) + ")");
    }
}
