package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.judging.Aggregation;
import dev.lion.judging.Audit;
import dev.lion.judging.Judging;
import dev.lion.judging.SecondOrder;
import dev.lion.judging.Selection;
import dev.lion.testing.ScriptedRoles;
import dev.lion.testing.Trees;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that saves calls ends with the same files as well, however it was cut up and in whatever order answers came. */
class JudgingResumeTest {
    @TempDir
    Path temp;

    static Stream<Judging> judgings() {
        Audit small = new Audit(5, 0.1);
        return Stream.of(
                Judging.frugal().with(small),
                Judging.frugal().with(SecondOrder.whenOpen(0.1, 0.9)).with(small),
                Judging.paper()
                        .with(Selection.stratified(0.6))
                        .with(Aggregation.DISCARD_IF_FLIPPED)
                        .with(small));
    }

    private static AdversarialLoop loop(ScriptedRoles roles, Judging judging) {
        return LoopFixture.loop(roles)
                .config(LoopFixture.config().judging(judging).build())
                .build();
    }

    @ParameterizedTest
    @MethodSource("judgings")
    void run_brokenDownAgainAndAgain_endsWithTheSameFiles(Judging judging) {
        LoopFixture.run(loop(ScriptedRoles.prompt(), judging), temp.resolve("whole"));
        Map<String, String> whole = Trees.of(temp.resolve("whole"));
        assertThat(whole.get("iteration-2/summary.json")).contains("\"estimates\"");

        for (int call = 12; call <= 90; call += 11) {
            int last = call;
            Path directory = temp.resolve("cut-" + call);
            assertThatThrownBy(() -> LoopFixture.run(loop(ScriptedRoles.breakingDownAt(last), judging), directory))
                    .isInstanceOf(ScriptedRoles.InjectedFault.class);
            LoopFixture.run(loop(ScriptedRoles.prompt(), judging), directory);
            assertThat(Trees.of(directory)).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("judgings")
    void run_answersArriveInAnyOrder_writesTheSameFiles(Judging judging) {
        LoopFixture.run(loop(ScriptedRoles.prompt(), judging), temp.resolve("whole"));
        LoopFixture.run(loop(ScriptedRoles.slow(3), judging), temp.resolve("slow"));
        assertThat(Trees.of(temp.resolve("slow"))).isEqualTo(Trees.of(temp.resolve("whole")));
    }
}
