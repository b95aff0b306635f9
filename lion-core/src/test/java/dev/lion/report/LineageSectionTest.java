package dev.lion.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.Difficulty;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.Provenance;
import dev.lion.run.IterationSummary;
import dev.lion.run.IterationSummary.Generation;
import dev.lion.run.Spending;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LineageSectionTest {
    @Test
    void of_aFamilyOfThousands_showsItsDepthInFewLines() throws Exception {
        List<Instruction> pool = new ArrayList<>();
        grow(Instruction.of("seed"), 0, pool);
        assertThat(pool).hasSize(3906);
        Xhtml section = section(pool, new Generation(3905, 3905, 0, Map.of()));
        // 4 + 8 + 8 + 8 + 8 instructions, and a line on the others under each of the 29 parents shown
        assertThat(section.all("//details/ul//li")).hasSize(65);
        assertThat(section.text("//details/ul//li[contains(bdi, 'level 5')]")).isNotEmpty();
        assertThat(section.texts("//details/ul/li[@class='words']")).containsExactly("and 1 more from the same parent");
        assertThat(section.text("//div[h3 = 'Family trees']/p"))
                .contains("1 step: 5 \u00b7 2 steps: 25 \u00b7 3 steps: 125 \u00b7 4 steps: 625 \u00b7 5 steps: 3,125");
    }

    @Test
    void of_rejections_listsTheRulesMostFrequentFirst() throws Exception {
        Generation generation = new Generation(9, 1, 0, Map.of("rare", 1, "frequent", 7, "never", 0));
        Xhtml section = section(List.of(Instruction.of("seed")), generation);
        String chart = "//svg[starts-with(@aria-labelledby, 'rejections-chart')]";
        assertThat(section.texts(chart + "/text[@class='label']")).containsExactly("frequent", "rare");
        assertThat(section.texts(chart + "/text[@class='total']")).containsExactly("7", "1");
    }

    private static void grow(Instruction parent, int level, List<Instruction> pool) {
        pool.add(parent);
        for (int i = 0; level < 5 && i < 5; i++) {
            Instruction child = Instruction.of("level " + (level + 1) + ", number " + pool.size())
                    .withProvenance(Provenance.generated(parent.id(), level + 1, Difficulty.HARD));
            grow(child, level + 1, pool);
        }
    }

    private static Xhtml section(List<Instruction> pool, Generation generation) throws Exception {
        IterationSummary summary = new IterationSummary(
                1,
                Optional.empty(),
                Optional.of(generation),
                1,
                pool.size(),
                0,
                ImitationSummary.ofAll(1, 1, List.of()),
                Optional.empty(),
                1);
        ReportData data = new ReportData(
                "run",
                OptionalInt.empty(),
                Optional.empty(),
                List.of(),
                "gap of 1.0 or more",
                List.of(),
                List.of(summary),
                List.of(),
                Spending.of(List.of()),
                pool,
                new HeldTexts(Map.of(), k -> List.of(), k -> Map.of()),
                instruction -> Optional.empty());
        return Xhtml.parse(
                LineageSection.of(data, new Lineage(pool), Rounds.of(data)).markup());
    }
}
