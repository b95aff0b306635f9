package dev.lion.student.decoder;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceTest {
    @ParameterizedTest
    @EnumSource(
            value = Device.class,
            names = {"AUTO", "CPU"})
    void requireSupported_processor_returns(Device device) {
        assertThatCode(device::requireSupported).doesNotThrowAnyException();
    }

    @Test
    void requireSupported_graphicsProcessor_isRefusedWithWhatToChoose() {
        assertThatThrownBy(Device.GPU::requireSupported)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("this student computes on the processor only")
                .hasMessageContaining("choose CPU or AUTO");
    }
}
