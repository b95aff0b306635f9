package dev.lion.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.AnswerOrder;
import dev.lion.data.Difficulty;
import dev.lion.data.Finding;
import dev.lion.data.Instruction;
import dev.lion.data.Judgement;
import dev.lion.data.Provenance;
import dev.lion.judging.Past.Source;
import dev.lion.judging.Past.Standing;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is known before anything is asked, and drawing from it. */
class DocketTest {
    private static Judgement judged(Instruction instruction, double gap) {
        return new Judgement(
                instruction.id(), Optional.empty(), Optional.empty(), Optional.of(new Finding(gap, Difficulty.EASY)));
    }

    @Test
    void standing_ofEachKind_isTheLastGapOfTheLineage() {
        Instruction again = Instruction.of("again");
        Instruction before = Instruction.of("before");
        Instruction child =
                Instruction.of("child").withProvenance(Provenance.generated(again.id(), 2, Difficulty.HARD));
        Instruction unknown = Instruction.of("unknown");
        Map<Integer, List<Judgement>> judgements =
                Map.of(1, List.of(judged(again, 1), judged(before, 2)), 2, List.of(judged(again, 3)));
        Past past = Past.before(3, iteration -> judgements.getOrDefault(iteration, List.of()));
        assertThat(past.of(again)).isEqualTo(new Standing(Source.OWN, 3));
        assertThat(past.of(before)).isEqualTo(new Standing(Source.OWN_EARLIER, 2));
        assertThat(past.of(child)).isEqualTo(new Standing(Source.PARENT, 3));
        assertThat(past.of(unknown)).isEqualTo(new Standing(Source.NONE, 0));
    }

    @Test
    void draw_fromTwoStrata_takesFromEachInProportion() {
        Instruction parent = Instruction.of("parent");
        List<Instruction> instructions = IntStream.range(0, 1000)
                .mapToObj(i -> i % 5 == 0
                        ? Instruction.of("made " + i)
                                .withProvenance(Provenance.generated(parent.id(), 1, Difficulty.HARD))
                        : Instruction.of("seed " + i))
                .toList();
        BitSet drawn = StratifiedDraw.draw(docket(instructions), all(1000), 100, 1);
        assertThat(drawn.cardinality()).isEqualTo(100);
        assertThat(drawn.stream().filter(i -> i % 5 == 0).count()).isBetween(19L, 21L);
    }

    @Test
    void draw_otherSalt_isAnotherDraw() {
        Docket docket = docket(seeds(1000));
        BitSet both = StratifiedDraw.draw(docket, all(1000), 200, 1);
        both.and(StratifiedDraw.draw(docket, all(1000), 200, 2));
        assertThat(both.cardinality()).isBetween(20, 60);
    }

    @Test
    void firstOrder_ofMany_favoursNeither() {
        Docket docket = docket(seeds(2000));
        assertThat(IntStream.range(0, 2000)
                        .filter(i -> docket.firstOrder(i) == AnswerOrder.TEACHER_FIRST)
                        .count())
                .isBetween(900L, 1100L);
    }

    private static List<Instruction> seeds(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Instruction.of("seed " + i))
                .toList();
    }

    private static Docket docket(List<Instruction> instructions) {
        return new Docket(instructions, Past.none(), i -> StratifiedDraw.mix(i.id().hashCode()));
    }

    private static BitSet all(int count) {
        BitSet all = new BitSet();
        all.set(0, count);
        return all;
    }
}
