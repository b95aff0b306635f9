package dev.lion.strategy;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Provenance;
import dev.lion.strategy.ParentRule.Candidates;
import dev.lion.strategy.ParentRule.Draw;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The built-in rules for parents. */
final class ParentRules {
    static final ParentRule UNIFORM = new Uniform();
    static final ParentRule UNDIRECTED = new Undirected();
    static final ParentRule LINEAGE = new Balanced("lineage", candidates -> rootIn(candidates.cachePool()));

    private ParentRules() {}

    private record Uniform() implements ParentRule {
        @Override
        public Draw over(Candidates candidates) {
            List<Instruction> all = candidates.instructions();
            return random -> all.get(random.nextInt(all.size()));
        }

        @Override
        public String description() {
            return "uniform";
        }
    }

    private record Undirected() implements ParentRule {
        @Override
        public Draw over(Candidates candidates) {
            List<Instruction> all = candidates.cachePool().instructions();
            return random -> all.get(random.nextInt(all.size()));
        }

        @Override
        public String description() {
            return "undirected";
        }
    }

    /** A label is drawn, then one of its candidates; labels in the order in which they first appear. */
    record Balanced(String name, Function<Candidates, Function<Instruction, String>> labels) implements ParentRule {
        Balanced {
            if (name.isBlank()) {
                throw new IllegalArgumentException("say by what parents are balanced; the name must not be blank");
            }
        }

        @Override
        public Draw over(Candidates candidates) {
            Function<Instruction, String> label = labels.apply(candidates);
            Map<String, List<Instruction>> byLabel = new LinkedHashMap<>();
            for (Instruction each : candidates.instructions()) {
                String its = Objects.requireNonNull(label.apply(each), () -> "no " + name + " for " + each.id());
                byLabel.computeIfAbsent(its, unseen -> new ArrayList<>()).add(each);
            }
            List<List<Instruction>> groups = List.copyOf(byLabel.values());
            return random -> {
                List<Instruction> group = groups.get(random.nextInt(groups.size()));
                return group.get(random.nextInt(group.size()));
            };
        }

        @Override
        public String description() {
            return "balanced by " + name;
        }
    }

    // in one pass, as parents come before their children
    private static Function<Instruction, String> rootIn(InstructionPool cachePool) {
        Map<String, String> roots = new HashMap<>();
        for (Instruction each : cachePool) {
            String root = each.provenance() instanceof Provenance.Generated from
                    ? roots.getOrDefault(from.parentId(), from.parentId())
                    : each.id();
            roots.put(each.id(), root);
        }
        return instruction -> roots.getOrDefault(instruction.id(), instruction.id());
    }
}
