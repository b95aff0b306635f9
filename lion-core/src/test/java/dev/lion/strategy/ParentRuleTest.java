package dev.lion.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Provenance;
import dev.lion.strategy.ParentRule.Candidates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParentRuleTest {
    private static final int DRAWS = 12_000;

    private static Instruction child(Instruction parent, String text) {
        return Instruction.of(text).withProvenance(Provenance.generated(parent.id(), 1, Difficulty.HARD));
    }

    /** How often each of the labels was drawn. */
    private static Map<String, Integer> drawn(
            ParentRule rule, Candidates candidates, Function<Instruction, String> label) {
        ParentRule.Draw draw = rule.over(candidates);
        Random random = new Random(5);
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < DRAWS; i++) {
            counts.merge(label.apply(draw.next(random)), 1, Integer::sum);
        }
        return counts;
    }

    private static Candidates all(List<Instruction> instructions) {
        return new Candidates(instructions, InstructionPool.of(instructions));
    }

    private static String family(Instruction instruction) {
        return instruction.text().startsWith("rare") ? "rare" : "common";
    }

    private static List<Instruction> ninetyOfOneFamilyAndTenOfAnother() {
        return IntStream.range(0, 100)
                .mapToObj(i -> Instruction.of((i % 10 == 3 ? "rare " : "common ") + i))
                .toList();
    }

    @Test
    void uniform_drawsWhatAPlainDrawFromTheListDraws() {
        List<Instruction> instructions = ninetyOfOneFamilyAndTenOfAnother();
        ParentRule.Draw draw = ParentRule.uniform().over(all(instructions));
        for (int seed = 0; seed < 50; seed++) {
            assertThat(draw.next(new Random(seed))).isEqualTo(instructions.get(new Random(seed).nextInt(100)));
        }
    }

    @Test
    void uniform_rareFamily_getsItsShareOfTheCandidates() {
        Map<String, Integer> counts =
                drawn(ParentRule.uniform(), all(ninetyOfOneFamilyAndTenOfAnother()), ParentRuleTest::family);
        assertThat(counts.get("rare")).isBetween(1050, 1350);
    }

    @Test
    void undirected_drawsFromTheWholeCachePool() {
        List<Instruction> all = ninetyOfOneFamilyAndTenOfAnother();
        List<Instruction> hard =
                all.stream().filter(each -> family(each).equals("rare")).toList();
        var candidates = new Candidates(hard, InstructionPool.of(all));
        Map<String, Integer> counts = drawn(ParentRule.undirected(), candidates, ParentRuleTest::family);
        assertThat(counts.get("rare")).isBetween(1050, 1350);
        assertThat(ParentRule.undirected().description()).isEqualTo("undirected");
    }

    @Test
    void balancedBy_rareFamily_isDrawnAsOftenAsTheCommonOne() {
        ParentRule rule = ParentRule.balancedBy("family", ParentRuleTest::family);
        Map<String, Integer> counts = drawn(rule, all(ninetyOfOneFamilyAndTenOfAnother()), ParentRuleTest::family);
        assertThat(counts.get("rare")).isBetween(5800, 6200);
        assertThat(rule.description()).isEqualTo("balanced by family");
    }

    @Test
    void balancedBy_withinAFamily_eachCandidateIsAsLikely() {
        Map<String, Integer> counts = drawn(
                ParentRule.balancedBy("family", ParentRuleTest::family),
                all(ninetyOfOneFamilyAndTenOfAnother()),
                Instruction::text);
        assertThat(counts).hasSize(100);
        assertThat(counts.entrySet())
                .filteredOn(each -> each.getKey().startsWith("rare"))
                .allMatch(each -> each.getValue() > 480 && each.getValue() < 720);
    }

    @Test
    void balancedBy_manyDraws_asksForEachLabelOnce() {
        AtomicInteger asked = new AtomicInteger();
        ParentRule rule = ParentRule.balancedBy("family", instruction -> {
            asked.incrementAndGet();
            return family(instruction);
        });
        drawn(rule, all(ninetyOfOneFamilyAndTenOfAnother()), ParentRuleTest::family);
        assertThat(asked).hasValue(100);
    }

    @Test
    @SuppressWarnings("NullAway") // a function without null checks may return null
    void balancedBy_noLabel_namesTheInstruction() {
        Instruction unknown = Instruction.of("unknown");
        ParentRule rule = ParentRule.balancedBy("family", instruction -> null);
        assertThatThrownBy(() -> rule.over(all(List.of(unknown)))).hasMessage("no family for " + unknown.id());
    }

    @Test
    void balancedBy_blankName_isRefused() {
        assertThatThrownBy(() -> ParentRule.balancedBy(" ", Instruction::text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void balancedByLineage_oneSeedWithManyDescendants_isDrawnAsOftenAsOneWithout() {
        Instruction fertile = Instruction.of("fertile");
        Instruction childless = Instruction.of("childless");
        List<Instruction> pool = new ArrayList<>(List.of(fertile, childless));
        for (int i = 0; i < 30; i++) {
            // a chain and its siblings: children, grandchildren, ...
            pool.add(child(i % 3 == 0 ? fertile : pool.get(pool.size() - 1), "fertile line " + i));
        }
        Map<String, Integer> counts = drawn(
                ParentRule.balancedByLineage(), all(pool), each -> each.equals(childless) ? "childless" : "fertile");
        assertThat(counts.get("childless")).isBetween(5800, 6200);
    }

    @Test
    void balancedByLineage_rootIsNoCandidate_descendantsStandForIt() {
        Instruction easyRoot = Instruction.of("easy root");
        Instruction hard = child(easyRoot, "hard child");
        Instruction harder = child(hard, "hard grandchild");
        Instruction other = Instruction.of("other");
        Candidates candidates = new Candidates(
                List.of(other, hard, harder), InstructionPool.of(List.of(easyRoot, other, hard, harder)));
        Map<String, Integer> counts = drawn(ParentRule.balancedByLineage(), candidates, Instruction::text);
        assertThat(counts.get("other")).isBetween(5800, 6200);
        assertThat(counts.get("hard child")).isBetween(2800, 3200);
        assertThat(ParentRule.balancedByLineage().description()).isEqualTo("balanced by lineage");
    }

    @Test
    void candidates_none_areRefused() {
        assertThatThrownBy(() -> all(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
