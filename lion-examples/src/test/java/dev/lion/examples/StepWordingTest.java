package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.role.StepMeasurement;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StepWordingTest {
    @Test
    void atAGlance_allIsKnown_beginsWithLossSpeedAndMemory() {
        var point = new LossPoint(7, 1.2344, 2e-5, OptionalDouble.of(0.816));
        var measured = new StepMeasurement(OptionalDouble.of(3210.4), OptionalLong.of(1_912_000_000L));

        assertThat(StepWording.atAGlance(point, measured))
                .isEqualTo("loss 1.234, 3,210 tokens/s, 1.9 GB, norm 0.82, rate 2.0e-05");
    }

    @Test
    void atAGlance_nothingWasMeasured_saysOnlyWhatIsKnown() {
        assertThat(StepWording.atAGlance(new LossPoint(1, 2, 0), StepMeasurement.NONE))
                .isEqualTo("loss 2.000, rate 0.0e+00");
    }
}
