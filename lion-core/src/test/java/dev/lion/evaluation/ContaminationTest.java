package dev.lion.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.fixture.RealData;
import dev.lion.novelty.RougeL;
import dev.lion.novelty.Tokenization;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ContaminationTest {
    private static final Instruction ITEM = Instruction.of("a b c d e f g h i j");

    private static Contamination against(String... pool) {
        return Contamination.of(
                List.of(ITEM, Instruction.of("nothing like it"), ITEM),
                InstructionPool.of(Stream.of(pool).map(Instruction::of).toList()),
                0.7);
    }

    @Test
    void of_itemAtTheLeastScore_isNearToTheMostSimilar() {
        Contamination seen = against("a b c d e f g x y z", "a b c d e f g h y z", "unrelated");
        Instruction nearest = Instruction.of("a b c d e f g h y z");
        assertThat(seen.near())
                .containsExactly(new Contamination.Near(ITEM, nearest, RougeL.score(ITEM.text(), nearest.text())));
        assertThat(seen.items()).isEqualTo(2);
        assertThat(seen.pool()).isEqualTo(3);
        assertThat(against("a b c d e f g x y z").near()).hasSize(1); // exactly 0.7
        assertThat(against("a b c d e f w x y z").near()).isEmpty(); // 0.6
    }

    @Test
    void of_sameTextAmongOthersOfItsWords_isTheSame() {
        Contamination seen = against("A b c d e f g h i j!", ITEM.text());
        assertThat(seen.near()).containsExactly(new Contamination.Near(ITEM, ITEM, 1));
        assertThat(seen.same()).isOne();
        assertThat(against("A b c d e f g h i j!").same()).isZero();
    }

    @Test
    void without_nearItems_areLeftOutAndTheRestKeepsItsOrder() {
        Contamination seen = against("a b c d e f g h y z");
        List<String> unseen = seen.without(List.of("nothing like it", ITEM.text()), Instruction::of);
        assertThat(unseen).containsExactly("nothing like it");
        List<String> texts = List.of("nothing like it", ITEM.text());
        assertThat(seen.withoutSame(texts, Instruction::of)).isEqualTo(texts);
        assertThat(against(ITEM.text()).withoutSame(texts, Instruction::of)).containsExactly("nothing like it");
    }

    @Test
    void of_scoreOutOfRange_isRefused() {
        assertThatThrownBy(() -> Contamination.of(List.of(), InstructionPool.of(List.of()), 0))
                .hasMessageContaining("above 0 and at most 1, but is 0.0");
    }

    @Test
    @Tag("slow")
    void of_realItemsAgainstRealPool_agreesWithComparingEachPair() {
        InstructionPool pool = InstructionPool.read(RealData.require("instructions-42k.jsonl"));
        List<Instruction> items = new ArrayList<>(VicunaQuestions.read(RealData.require("vicuna-80.jsonl")));
        BigBenchHard.questions(RealData.require("bbh-sample")).forEach(item -> items.add(item.instruction()));
        AgiEval.questions(RealData.require("agieval-sample")).forEach(item -> items.add(item.instruction()));
        Contamination seen = Contamination.of(items, pool, Contamination.USUAL_SCORE);
        assertThat(seen.pool()).isGreaterThan(40_000);
        for (Contamination.Near near : seen.near()) {
            assertThat(RougeL.score(near.item().text(), near.nearest().fullText(), Tokenization.UNICODE))
                    .isEqualTo(near.score());
        }
    }
}
