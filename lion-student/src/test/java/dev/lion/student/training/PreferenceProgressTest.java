package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.ImitationSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferenceProgressTest {
    private static final ImitationSummary SUMMARY = new ImitationSummary(3, 0, 0, 20, List.of());

    @TempDir
    Path temp;

    /** Leads of a model that an imitation before this one left are not those of this one's. */
    @Test
    void keep_anotherImitation_forgetsTheReference() throws IOException {
        var progress = new PreferenceProgress(temp, "f".repeat(64));
        progress.keep(SUMMARY);
        progress.keep(new double[] {1, -2});
        assertThat(progress.leads()).hasValue(new double[] {1, -2});

        progress.keep(SUMMARY);

        assertThat(progress.leads()).isEmpty();
    }
}
