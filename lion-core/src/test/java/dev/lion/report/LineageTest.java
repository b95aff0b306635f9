package dev.lion.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import dev.lion.data.Provenance;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineageTest {
    private final Instruction seed = Instruction.of("seed");
    private final Instruction child = from(seed, "child", 1);
    private final Instruction grandchild = from(child, "grandchild", 2);
    private final Instruction sibling = from(seed, "sibling", 2);

    @Test
    void lineage_twoGenerations_measuresTheFamily() {
        Lineage lineage = new Lineage(List.of(seed, child, grandchild, sibling));
        assertThat(lineage.children(seed)).containsExactly(child, sibling);
        assertThat(lineage.rootOf(grandchild)).isEqualTo(seed);
        assertThat(lineage.depth(grandchild)).isEqualTo(2);
        assertThat(lineage.height(seed)).isEqualTo(2);
        assertThat(lineage.descendants(seed)).isEqualTo(3);
    }

    @Test
    void lineage_parentsThatAreMissingOrInACircle_makeRoots() {
        Instruction orphan = from(Instruction.of("gone"), "orphan", 1);
        Instruction first = Instruction.of("first")
                .withProvenance(Provenance.generated(Instruction.idOf("second", ""), 1, Difficulty.EASY));
        Instruction second = from(first, "second", 1);
        Lineage lineage = new Lineage(List.of(orphan, first, second));
        assertThat(lineage.depth(orphan)).isZero();
        assertThat(lineage.rootOf(second)).isEqualTo(first);
        assertThat(lineage.descendants(first)).isEqualTo(1);
    }

    private static Instruction from(Instruction parent, String text, int iteration) {
        return Instruction.of(text).withProvenance(Provenance.generated(parent.id(), iteration, Difficulty.HARD));
    }
}
