package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Verdict;
import dev.lion.jury.Agreement;
import dev.lion.jury.Jury;
import dev.lion.role.Referee;
import dev.lion.run.RunDirectory;
import dev.lion.testing.ScriptedRoles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the jurors said is on disk, so that their agreement is known of any run. */
class JuryRunTest {
    @TempDir
    private Path temp;

    /** The scripted referee, one that is more generous, and one that prefers the answer shown first. */
    private static AdversarialLoop loop(ScriptedRoles roles) {
        Referee scripted = roles.referee();
        Referee generous = comparison -> scripted.judge(comparison) instanceof Verdict.Scored scored
                ? Verdict.of(Math.min(10, scored.first() + 1), Math.min(10, scored.second() + 1))
                : Verdict.of(5, 5);
        Referee first = comparison -> Verdict.of(8, 6);
        Jury jury = Jury.builder()
                .juror("scripted", scripted)
                .juror("generous", generous)
                .juror("first", first)
                .build();
        return LoopFixture.loop(roles).referee(jury).build();
    }

    private static Agreement agreement(Path directory, int iteration) {
        try (RunDirectory run = RunDirectory.read(directory)) {
            return Agreement.of(run.judgements(iteration));
        }
    }

    @Test
    void of_runThatWasResumed_isThatOfAnUndisturbedOne() {
        Path whole = temp.resolve("whole");
        LoopFixture.run(loop(ScriptedRoles.prompt()), whole);
        Path cut = temp.resolve("cut");
        assertThatThrownBy(() -> LoopFixture.run(loop(ScriptedRoles.breakingDownAt(60)), cut))
                .isInstanceOf(ScriptedRoles.InjectedFault.class);
        LoopFixture.run(loop(ScriptedRoles.prompt()), cut);

        for (int iteration = 1; iteration <= 2; iteration++) {
            Agreement agreement = agreement(whole, iteration);
            assertThat(agreement.verdicts()).as("iteration %d", iteration).isGreaterThan(10);
            assertThat(agreement.alpha().orElseThrow()).isBetween(-1.0, 1.0);
            assertThat(agreement(cut, iteration)).isEqualTo(agreement);
        }
    }
}
